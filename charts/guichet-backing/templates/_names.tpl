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
