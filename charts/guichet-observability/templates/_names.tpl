{{/* Labels of an object: pass (dict "root" $ "name" "prometheus"). */}}
{{- define "guichet-observability.labels" -}}
{{ include "guichet-observability.pod-labels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Labels of a pod: no chart version, which would restart every part when only that changed. */}}
{{- define "guichet-observability.pod-labels" -}}
{{ include "guichet-observability.selector" . }}
app.kubernetes.io/part-of: guichet-observability
{{- end }}

{{- define "guichet-observability.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* An image's reference; the digest wins over the tag. Pass (dict "root" $ "image" .image). */}}
{{- define "guichet-observability.image" -}}
{{ .root.Values.imageRegistry | default .image.registry }}/{{ .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag }}{{ end }}
{{- end }}

{{/* Where alerts go, as a list of host:port. */}}
{{- define "guichet-observability.alertmanagers" -}}
{{ concat (ternary (list "guichet-alertmanager:9093") list .Values.alertmanager.enabled) .Values.prometheus.alertmanagers | toYaml }}
{{- end }}

{{/* Not empty where the agents' lines have somewhere to go. */}}
{{- define "guichet-observability.logs" -}}
{{ if or .Values.loki.enabled .Values.agent.logs.endpoint }}yes{{ end }}
{{- end }}
