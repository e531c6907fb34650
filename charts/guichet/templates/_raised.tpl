{{- /*
What the prescaler has raised for a sale stays so through an upgrade, with what it has written of it:
it is the one to give it back, to the minimum that the values have by then. Empty where nothing is
raised: also where somebody has changed the minimum since, and where the prescaler may change nothing.
*/}}
{{- define "guichet.raised" -}}
{{- $live := lookup .apiVersion .kind .root.Release.Namespace .name }}
{{- $written := dig "metadata" "annotations" dict $live }}
{{- $minimum := dig "spec" .field 0 $live | int }}
{{- $may := ne (toString .root.Values.services.prescaler.settings.DRY_RUN) "true" }}
{{- if and $may (hasKey $written "guichet.dev/raised-to") }}
{{- if eq $minimum (get $written "guichet.dev/raised-to" | int) }}
{{- $kept := min (max $minimum (int .autoscaling.min)) (int .autoscaling.max) }}
minimum: {{ $kept }}
annotations:
  guichet.dev/own-minimum: {{ .autoscaling.min | toString | quote }}
  guichet.dev/raised-to: {{ $kept | toString | quote }}
  {{- pick $written "guichet.dev/raised-until" "guichet.dev/raised-at-most-to" | toYaml | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
