{{/* What the catalogue says of every service. */}}
{{- define "guichet.facts" -}}
{{ .Files.Get "catalogue.yaml" }}
{{- end }}

{{/* Labels that select: (dict "root" $ "component" name). */}}
{{- define "guichet.selector" -}}
app.kubernetes.io/name: {{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "guichet.labels" -}}
{{ include "guichet.selector" . }}
app.kubernetes.io/part-of: guichet
{{- end }}

{{/* Name, namespace and labels of an object: (dict "root" $ "component" name). */}}
{{- define "guichet.metadata" -}}
name: {{ .root.Release.Name }}-{{ .component }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "guichet.labels" . | nindent 2 }}
  helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* A digest goes before a service's own tag, and that before the release's. */}}
{{- define "guichet.image" -}}
{{- $image := (get .root.Values.services .name).image -}}
{{- $base := printf "%s/%s" .root.Values.image.repository .name -}}
{{- if $image.digest -}}
{{ $base }}@{{ $image.digest }}
{{- else -}}
{{ $base }}:{{ $image.tag | default .root.Values.image.tag }}
{{- end }}
{{- end }}

{{/* The service that the front door leads to. */}}
{{- define "guichet.door" -}}
{{- range $name, $service := (include "guichet.facts" . | fromYaml).services }}
{{- if $service.door }}{{ $name }}{{ end }}
{{- end }}
{{- end }}
