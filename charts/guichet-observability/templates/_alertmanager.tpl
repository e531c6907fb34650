{{/*
files/alertmanager/alertmanager.yaml, without the ways to people that are not switched on, and with the
addresses of those that are.
*/}}
{{- define "guichet-observability.alertmanager" -}}
{{- $own := .Values.alertmanager }}
{{- $ways := $own.receivers }}
{{- $config := .Files.Get "files/alertmanager/alertmanager.yaml" | fromYaml }}
{{- range $receiver := $config.receivers }}
  {{- range $way := list "pagerduty" "slack" "email" }}
    {{- if not (get $ways $way).enabled }}{{ $_ := unset $receiver (printf "%s_configs" $way) }}{{ end }}
  {{- end }}
  {{- range $mail := $receiver.email_configs }}
    {{- range $key := list "to" "from" "smarthost" }}{{ $_ := set $mail $key (get $ways.email $key) }}{{ end }}
    {{- if $ways.email.username }}
      {{- $_ := set $mail "auth_username" $ways.email.username }}
    {{- else }}
      {{- range $key := list "auth_username" "auth_password_file" }}{{ $_ := unset $mail $key }}{{ end }}
    {{- end }}
  {{- end }}
  {{- $hooks := ternary ($receiver.webhook_configs | default list) list $ways.deadMansSwitch.enabled }}
  {{- with $own.webhook }}{{ $hooks = append $hooks (dict "url" . "send_resolved" true) }}{{ end }}
  {{- if $hooks }}{{ $_ := set $receiver "webhook_configs" $hooks }}{{ else }}{{ $_ := unset $receiver "webhook_configs" }}{{ end }}
{{- end }}
{{- if .Values.drill }}{{ include "guichet-observability.hasten" $config.route }}{{ end }}
{{- toYaml $config }}
{{- end }}

{{/* In a drill nobody waits for what may come together. */}}
{{- define "guichet-observability.hasten" -}}
{{- $_ := set . "group_wait" "1s" }}
{{- $_ := set . "group_interval" "5s" }}
{{- range .routes }}{{ include "guichet-observability.hasten" . }}{{ end }}
{{- end }}
