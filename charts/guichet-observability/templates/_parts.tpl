{{/*
What the chart itself knows of each part: its arguments, its ports (by name), which of them is asked
for metrics, and by which it says that it has started and lives; where its files and its data are. What
an operator decides is in values.yaml under `values`. Names are what Prometheus calls its jobs.
*/}}
{{- define "guichet-observability.parts" -}}
{{- $v := .Values -}}
prometheus:
  values: prometheus
  kind: StatefulSet
  user: 65534
  args:
    - --config.file=/etc/prometheus/prometheus.yaml
    - --storage.tsdb.path=/prometheus
    - --storage.tsdb.retention.time={{ $v.prometheus.retention.time }}
    - --storage.tsdb.retention.size={{ $v.prometheus.retention.size }}
    - --enable-feature=exemplar-storage
    - --log.level=warn
  ports: { web: 9090 }
  metrics: web
  config: /etc/prometheus
  data: /prometheus
  ready: { httpGet: { path: /-/ready, port: web } }
  alive: { httpGet: { path: /-/healthy, port: web } }
  token: true
  mounts:
    - { name: rules, path: /etc/prometheus/rules, volume: { configMap: { name: guichet-prometheus-rules } } }
    {{- with $v.prometheus.existingSecret }}
    - { name: secret, path: /etc/prometheus/secret, volume: { secret: { secretName: {{ . }}, defaultMode: 288 } } }
    {{- end }}
alertmanager:
  values: alertmanager
  kind: StatefulSet
  user: 65534
  args:
    - --config.file=/etc/alertmanager/alertmanager.yaml
    - --storage.path=/alertmanager
    # One replica has no peers.
    - --cluster.listen-address=
    - --log.level=warn
  ports: { web: 9093 }
  metrics: web
  config: /etc/alertmanager
  data: /alertmanager
  ready: { httpGet: { path: /-/ready, port: web } }
  alive: { httpGet: { path: /-/healthy, port: web } }
  {{- with $v.alertmanager.existingSecret }}
  mounts:
    - { name: secret, path: /etc/alertmanager/secret, volume: { secret: { secretName: {{ . }}, defaultMode: 288 } } }
  {{- end }}
loki:
  values: loki
  kind: StatefulSet
  user: 10001
  args: [-config.file=/etc/loki/loki.yaml, -target=all]
  ports: { web: 3100 }
  metrics: web
  config: /etc/loki
  data: /loki
  ready: { httpGet: { path: /ready, port: web } }
  alive: { tcpSocket: { port: web } }
  # Object storage lends it a role by its service account.
  account: true
  # It writes its chunks down before it ends.
  graceSeconds: 120
  mounts:
    - { name: rules, path: /etc/loki/rules/fake, volume: { configMap: { name: guichet-loki-rules } } }
jaeger:
  values: jaeger
  kind: StatefulSet
  user: 10001
  args: [--config, /etc/jaeger/jaeger.yaml]
  ports: { web: 16686, otlp-grpc: 4317, otlp-http: 4318, metrics: 8888, health: 13133 }
  metrics: metrics
  config: /etc/jaeger
  data: {{ ternary "/badger" "" (eq $v.jaeger.storage "badger") | quote }}
  ready: { httpGet: { path: /status, port: health } }
  alive: { tcpSocket: { port: web } }
collector:
  values: collector
  kind: Deployment
  user: 65532
  args: [--config, /etc/collector/gateway.yaml]
  ports: { otlp-grpc: 4317, otlp-http: 4318, metrics: 8888, health: 13133 }
  metrics: metrics
  config: /etc/collector
  ready: { httpGet: { path: /, port: health } }
  alive: { tcpSocket: { port: otlp-http } }
  authorization: {{ toJson $v.collector.traces.authorization }}
collector-agent:
  values: agent
  kind: DaemonSet
  # The pods' lines are in files of root.
  user: 0
  args: [--config, /etc/collector/agent.yaml]
  ports: { node: 8889, metrics: 8888, health: 13133 }
  metrics: metrics
  config: /etc/collector
  ready: { httpGet: { path: /, port: health } }
  alive: { tcpSocket: { port: metrics } }
  authorization: {{ toJson $v.agent.logs.authorization }}
  mounts:
    - { name: pods, path: /var/log/pods, volume: { hostPath: { path: /var/log/pods, type: Directory } } }
    - { name: positions, path: /var/lib/otelcol, volume: { hostPath: { path: /var/lib/guichet-collector-agent, type: DirectoryOrCreate } } }
grafana:
  values: grafana
  kind: Deployment
  user: 472
  args: []
  ports: { web: 3000 }
  metrics: web
  config: /etc/grafana/provisioning/datasources
  ready: { httpGet: { path: /api/health, port: web } }
  alive: { tcpSocket: { port: web } }
  env:
    GF_PATHS_DATA: /tmp/grafana
    GF_SERVER_ROOT_URL: {{ $v.grafana.publicUrl }}
    GF_SECURITY_ADMIN_PASSWORD__FILE: /etc/grafana/secret/{{ $v.grafana.admin.key }}
    GF_ANALYTICS_REPORTING_ENABLED: "false"
    GF_ANALYTICS_CHECK_FOR_UPDATES: "false"
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false"
    GF_PLUGINS_PREINSTALL_DISABLED: "true"
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: /var/lib/guichet/dashboards/sale.json
  mounts:
    - { name: secret, path: /etc/grafana/secret, volume: { secret: { secretName: {{ $v.grafana.admin.existingSecret | default "guichet-grafana" }}, defaultMode: 288 } } }
    - { name: providers, path: /etc/grafana/provisioning/dashboards, volume: { configMap: { name: guichet-grafana-providers } } }
    - name: dashboards
      path: /var/lib/guichet/dashboards
      volume: { projected: { sources: {{ include "guichet-observability.dashboard-sources" . }} } }
kube-state-metrics:
  values: kubeStateMetrics
  kind: Deployment
  user: 65534
  args:
    - --resources=pods,nodes,deployments,statefulsets,daemonsets,jobs,horizontalpodautoscalers,persistentvolumeclaims,poddisruptionbudgets
    - --metric-labels-allowlist=pods=[app.kubernetes.io/name,app.kubernetes.io/part-of]
  ports: { web: 8080, telemetry: 8081 }
  metrics: ""
  ready: { httpGet: { path: /healthz, port: web } }
  alive: { tcpSocket: { port: web } }
  token: true
{{- end }}
