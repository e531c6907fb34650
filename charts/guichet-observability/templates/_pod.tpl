{{/* The pod of a part: pass (dict "root" $ "name" … "part" (its facts) "own" (its values)). */}}
{{- define "guichet-observability.pod" -}}
metadata:
  labels: {{- include "guichet-observability.pod-labels" . | nindent 4 }}
  annotations:
    {{- with .part.metrics }}
    prometheus.io/scrape: "true"
    prometheus.io/port: {{ get $.part.ports . | quote }}
    {{- end }}
    # Changed files are read at a start.
    checksum/files: {{ include "guichet-observability.read" . | sha256sum }}
spec:
  serviceAccountName: {{ ternary (printf "guichet-%s" .name) "default" (or .part.token .part.account | default false) }}
  automountServiceAccountToken: {{ .part.token | default false }}
  enableServiceLinks: false
  {{- with .part.graceSeconds }}
  terminationGracePeriodSeconds: {{ . }}
  {{- end }}
  securityContext:
    {{- if .part.user }}
    runAsNonRoot: true
    fsGroup: {{ .part.user }}
    fsGroupChangePolicy: OnRootMismatch
    {{- end }}
    runAsUser: {{ .part.user }}
    runAsGroup: {{ .part.user }}
    seccompProfile: { type: RuntimeDefault }
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.nodeSelector }}
  {{- if ne $.part.kind "DaemonSet" }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- with .own.tolerations | default .root.Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - {{- include "guichet-observability.container" . | nindent 6 }}
  volumes:
    - { name: tmp, emptyDir: {} }
    {{- if .part.config }}
    - { name: config, configMap: { name: guichet-{{ .name }} } }
    {{- end }}
    {{- range .part.mounts }}
    - {{- merge (dict "name" .name) .volume | toYaml | nindent 6 }}
    {{- end }}
    {{- if and .part.data (not .root.Values.persistence.enabled) }}
    - { name: data, emptyDir: {} }
    {{- end }}
{{- end }}

{{- define "guichet-observability.container" -}}
{{- $limit := .own.resources.memoryLimitMi -}}
name: {{ .name }}
image: {{ include "guichet-observability.image" (dict "root" .root "image" .own.image) | quote }}
imagePullPolicy: {{ .root.Values.imagePullPolicy }}
{{- with .part.args }}
args: {{- toYaml . | nindent 2 }}
{{- end }}
env:
  # All of them are Go, whose heap would else double before it is swept: at the limit that is death.
  - { name: GOMEMLIMIT, value: {{ div (mul $limit 85) 100 }}MiB }
  {{- range $name, $value := .part.env }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
  {{- end }}
  {{- with .part.authorization }}
  {{- if .secret }}
  - { name: AUTHORIZATION, valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } } }
  {{- end }}
  {{- end }}
ports:
  {{- range $port, $number := .part.ports }}
  - { name: {{ $port }}, containerPort: {{ $number }} }
  {{- end }}
# A log of writes is read again at the start.
startupProbe: {{- merge (dict "periodSeconds" 3 "timeoutSeconds" 5 "failureThreshold" 200) .part.ready | toYaml | nindent 2 }}
readinessProbe: {{- merge (dict "periodSeconds" 10 "timeoutSeconds" 5) .part.ready | toYaml | nindent 2 }}
livenessProbe: {{- merge (dict "periodSeconds" 20 "timeoutSeconds" 10 "failureThreshold" 6) .part.alive | toYaml | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
    {{- if not .part.user }}
    # Reads what root may not, and writes nothing.
    add: [DAC_READ_SEARCH]
    {{- end }}
resources:
  requests: { cpu: {{ .own.resources.cpu }}, memory: {{ .own.resources.memory }} }
  limits: { memory: {{ $limit }}Mi }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- with .part.config }}
  - { name: config, mountPath: {{ . }}, readOnly: true }
  {{- end }}
  {{- with .part.data }}
  - { name: data, mountPath: {{ . }} }
  {{- end }}
  {{- range .part.mounts }}
  - { name: {{ .name }}, mountPath: {{ .path }}{{ if ne .name "positions" }}, readOnly: true{{ end }} }
  {{- end }}
{{- end }}
