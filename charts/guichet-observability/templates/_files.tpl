{{/* The files of a part by name, as a ConfigMap's data: pass (dict "root" $ "name" …). */}}
{{- define "guichet-observability.files" -}}
{{- $paths := dict
  "prometheus" "files/prometheus/prometheus.yaml"
  "loki" "files/loki/loki.yaml"
  "jaeger" "files/jaeger/jaeger.yaml"
  "collector" "files/collector/gateway.yaml"
  "collector-agent" "files/collector/agent.yaml"
  "grafana" "files/grafana/datasources.yaml" }}
{{- if eq .name "alertmanager" }}
alertmanager.yaml: | {{- include "guichet-observability.alertmanager" .root | nindent 2 }}
{{- else }}
{{- with get $paths .name }}
{{ base . }}: | {{- tpl ($.root.Files.Get .) $.root | trim | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- define "guichet-observability.rules" -}}
{{- $folder := ternary "drill-rules" "rules" .Values.drill }}
{{- range $path, $_ := .Files.Glob (printf "files/prometheus/%s/*.yaml" $folder) }}
{{ base $path }}: | {{- $.Files.Get $path | nindent 2 }}
{{- end }}
{{- end }}

{{- define "guichet-observability.loki-rules" -}}
{{- range $path, $_ := .Files.Glob "files/loki/rules/*.yaml" }}
{{ base $path }}: | {{- $.Files.Get $path | nindent 2 }}
{{- end }}
{{- end }}

{{/* A ConfigMap holds at most 1 MiB, so each dashboard has one, and Grafana sees them as one folder. */}}
{{- define "guichet-observability.dashboard-sources" -}}
{{- $sources := list }}
{{- range $path, $_ := .Files.Glob "files/grafana/dashboards/*.json" }}
{{- $sources = append $sources (dict "configMap" (dict "name" (printf "guichet-dashboard-%s" (trimSuffix ".json" (base $path))))) }}
{{- end }}
{{- toJson $sources }}
{{- end }}

{{/* All that a part reads, for its checksum. */}}
{{- define "guichet-observability.read" -}}
{{- include "guichet-observability.files" . }}
{{- if eq .name "prometheus" }}{{ include "guichet-observability.rules" .root }}{{ end }}
{{- if eq .name "loki" }}{{ include "guichet-observability.loki-rules" .root }}{{ end }}
{{- end }}
