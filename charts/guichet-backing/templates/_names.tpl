{{/* Labels of an object: pass (dict "root" $ "name" "postgres"). */}}
{{- define "guichet-backing.labels" -}}
{{ include "guichet-backing.pod-labels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Labels of a pod: no chart version, which would restart every server when only that changed. */}}
{{- define "guichet-backing.pod-labels" -}}
{{ include "guichet-backing.selector" . }}
app.kubernetes.io/part-of: guichet-backing
{{- end }}

{{- define "guichet-backing.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* An image's reference; the digest wins over the tag. Pass (dict "root" $ "image" .image). */}}
{{- define "guichet-backing.image" -}}
{{- with .root.Values.imageRegistry }}{{ . }}/{{ end }}{{ .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "guichet-backing.dns" -}}
- to: {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end }}

{{/* Whether a server has an exporter in a pod of its own; its own plugin is not one. Pass the server. */}}
{{- define "guichet-backing.has-exporter" -}}
{{- with .exporter }}{{ if and $.enabled .enabled .image }}true{{ end }}{{ end }}
{{- end }}

{{/* Whether a server tells Prometheus about itself. Pass the server. */}}
{{- define "guichet-backing.tells-itself" -}}
{{- with .exporter }}{{ if and $.enabled .enabled (not .image) }}true{{ end }}{{ end }}
{{- end }}

{{/* By what Prometheus finds a pod that tells about a server, and calls it by the server's name. */}}
{{- define "guichet-backing.scraped-label" -}}
guichet.dev/metrics-of: {{ . }}
{{- end }}
{{- define "guichet-backing.scraped" -}}
prometheus.io/scrape: "true"
prometheus.io/port: {{ .port | quote }}
prometheus.io/path: {{ .path }}
{{- end }}

{{/* Prometheus, at a pod's port for metrics and at no other; an empty list is nobody, and not everybody. */}}
{{- define "guichet-backing.readers" -}}
{{- with .Values.networkPolicy.monitoring -}}
- from: {{- toYaml . | nindent 4 }}
  ports: [{ port: metrics }]
{{- else -}}
[]
{{- end }}
{{- end }}
