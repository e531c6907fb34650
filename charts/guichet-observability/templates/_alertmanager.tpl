{{/* files/alertmanager/alertmanager.yaml, without the ways to people that are not switched on. */}}
{{- define "guichet-observability.alertmanager" -}}
{{- $own := .Values.alertmanager }}
{{- $config := .Files.Get "files/alertmanager/alertmanager.yaml" | fromYaml }}
{{- range $receiver := $config.receivers }}
  {{- range $way := list "pagerduty" "slack" "email" }}
    {{- if not (get $own.receivers $way).enabled }}{{ $_ := unset $receiver (printf "%s_configs" $way) }}{{ end }}
  {{- end }}
  {{- with $own.webhook }}
    {{- $_ := set $receiver "webhook_configs" (list (dict "url" . "send_resolved" true)) }}
  {{- end }}
{{- end }}
{{- toYaml $config }}
{{- end }}
