{{/*
Every Secret's data, as YAML of name: { key: text }. What was generated once is found again by
lookup, so an upgrade changes no byte; what follows from it (URLs, hashes) is made anew each time, so
a password that was changed in a server's Secret is in every URL after the next upgrade.

Two templates need the same random values in one render, and a template has nowhere to keep them but
.Values: values.schema.json lets nobody pass `generated` from outside.
*/}}
{{- define "guichet-backing.secrets" -}}
{{- if not (hasKey .Values "generated") }}
{{- $of := dict }}
{{- include "guichet-backing.server-secrets" (dict "root" . "of" $of) }}
{{- include "guichet-backing.service-secrets" (dict "root" . "of" $of) }}
{{- $_ := set .Values "generated" $of }}
{{- end }}
{{- toYaml .Values.generated }}
{{- end }}

{{/* What the cluster has of a Secret, as YAML of key: text. Pass (dict "root" $ "name" …). */}}
{{- define "guichet-backing.kept" -}}
{{- range $key, $value := (lookup "v1" "Secret" .root.Release.Namespace .name).data }}
{{ $key }}: {{ $value | b64dec | quote }}
{{- end }}
{{- end }}

{{- define "guichet-backing.server-secrets" -}}
{{- $servers := .root.Values.servers }}
{{- $stores := dict "postgres" (list "postgres") "mongo" (list "root") "rabbitmq" (list "password") "valkey" (list "password") "s3" (list "accessKey" "secretKey") }}
{{- range $name, $service := .root.Values.services }}
  {{- if has "postgres" $service.uses }}{{ $_ := set $stores "postgres" (append $stores.postgres (include "guichet-backing.role" $name)) }}{{ end }}
  {{- if has "mongo" $service.uses }}{{ $_ := set $stores "mongo" (append $stores.mongo $name) }}{{ end }}
{{- end }}
{{- /* Who reads metrics is somebody, too, who may read nothing else. */}}
{{- range $name, $user := dict "postgres" (include "guichet-backing.role" "metrics") "mongo" "metrics" "valkey" "metrics" }}
  {{- if include "guichet-backing.has-exporter" (index $servers $name) }}{{ $_ := set $stores $name (append (get $stores $name) $user) }}{{ end }}
{{- end }}
{{- if not $servers.mongo.authentication }}{{ $_ := unset $stores "mongo" }}{{ end }}
{{- range $name, $keys := $stores }}
{{- if (index $servers $name).enabled }}
  {{- $secret := printf "guichet-%s" $name }}
  {{- $kept := include "guichet-backing.kept" (dict "root" $.root "name" $secret) | fromYaml }}
  {{- $data := dict }}
  {{- range $key := $keys }}{{ $_ := set $data $key (get $kept $key | default (randAlphaNum 32)) }}{{ end }}
  {{- $_ := set $.of $secret $data }}
{{- end }}
{{- end }}
{{- with index .of "guichet-rabbitmq" }}{{ $_ := set . "definitions.json" (include "guichet-backing.definitions" .password) }}{{ end }}
{{- with index .of "guichet-valkey" }}{{ $_ := set . "auth.conf" (include "guichet-backing.valkey-users" .) }}{{ end }}
{{- if .root.Values.standIns.enabled }}
  {{- $kept := include "guichet-backing.kept" (dict "root" .root "name" "guichet-stand-ins") | fromYaml }}
  {{- $_ := set .of "guichet-stand-ins" (dict
    "SECRET_KEY" ($kept.SECRET_KEY | default (printf "sk_test_%s" (randAlphaNum 32)))
    "PUBLISHABLE_KEY" ($kept.PUBLISHABLE_KEY | default (printf "pk_test_%s" (randAlphaNum 32)))
    "WEBHOOK_SECRET" ($kept.WEBHOOK_SECRET | default (printf "whsec_%s" (randAlphaNum 32)))
    "DEMO_PASSWORD" ($kept.DEMO_PASSWORD | default (randAlphaNum 16))) }}
{{- end }}
{{- end }}

{{- define "guichet-backing.role" }}guichet_{{ . | replace "-" "_" }}{{ end }}

{{/* RabbitMQ reads this at every start: the one virtual host and the one user, and no `guest`. */}}
{{- define "guichet-backing.definitions" -}}
{{- dict
  "vhosts" (list (dict "name" "guichet"))
  "users" (list (dict "name" "guichet" "password" . "tags" ""))
  "permissions" (list (dict "user" "guichet" "vhost" "guichet" "configure" ".*" "write" ".*" "read" ".*"))
  | toJson }}
{{- end }}

{{/* Valkey includes this: everybody else is `default`, and `metrics` sees counters, no key and no setting. */}}
{{- define "guichet-backing.valkey-users" -}}
requirepass {{ .password }}
{{ with .metrics -}}
user metrics on #{{ sha256sum . }} resetkeys resetchannels -@all +ping +info +client|setname +slowlog|get +slowlog|len +latency|latest +latency|histogram
{{ end }}
{{- end }}

{{- define "guichet-backing.service-secrets" -}}
{{- $hashes := list }}
{{- range $name, $service := .root.Values.services }}
  {{- $secret := printf "guichet-%s" $name }}
  {{- /* What somebody added by hand stays: a real Stripe key, the URL of a server that is elsewhere. */}}
  {{- $data := include "guichet-backing.kept" (dict "root" $.root "name" $secret) | fromYaml }}
  {{- range $key, $kind := $service.generates }}
    {{- $fresh := randBytes 32 }}
    {{- if eq $kind "versionedKey" }}{{ $fresh = printf "1:%s" $fresh }}{{ end }}
    {{- $_ := set $data $key (get $data $key | default $fresh) }}
  {{- end }}
  {{- if $service.client }}
    {{- $_ := set $data "SERVICE_CLIENT_SECRET" ($data.SERVICE_CLIENT_SECRET | default (randAlphaNum 32)) }}
    {{- $hashes = append $hashes (printf "%s:%s" $name ($data.SERVICE_CLIENT_SECRET | sha256sum)) }}
  {{- end }}
  {{- $data = merge (include "guichet-backing.urls" (dict "of" $.of "name" $name "service" $service "root" $.root) | fromYaml) $data }}
  {{- $_ := set $.of $secret $data }}
{{- end }}
{{- range $name, $service := .root.Values.services }}
  {{- range $key, $owner := $service.shares }}
    {{- $_ := set (index $.of (printf "guichet-%s" $name)) $key (get (index $.of (printf "guichet-%s" $owner)) $key) }}
  {{- end }}
  {{- if $service.knowsClients }}{{ $_ := set (index $.of (printf "guichet-%s" $name)) "SERVICE_CLIENTS" (join "," $hashes) }}{{ end }}
{{- end }}
{{- end }}

{{/* How a service reaches what it uses, of what this release runs. */}}
{{- define "guichet-backing.urls" -}}
{{- $servers := .root.Values.servers }}
{{- range $used := .service.uses }}
{{- $of := index $.of (printf "guichet-%s" $used) }}
{{- if and (eq $used "postgres") $of }}
{{- $role := include "guichet-backing.role" $.name }}
DATABASE_URL: postgres://{{ $role }}:{{ index $of $role }}@guichet-postgres:{{ $servers.postgres.port }}/{{ $role }}
{{- else if and (eq $used "mongo") $servers.mongo.enabled }}
MONGO_URL: mongodb://{{ with $of }}{{ $.name }}:{{ index . $.name }}@{{ end }}guichet-mongo:{{ $servers.mongo.port }}/{{ with $of }}{{ $.name }}{{ end }}
{{- else if and (eq $used "rabbitmq") $of }}
MESSAGES_URL: amqp://guichet:{{ $of.password }}@guichet-rabbitmq:{{ $servers.rabbitmq.port }}/guichet
{{- else if and (eq $used "valkey") $of }}
VALKEY_URL: redis://default:{{ $of.password }}@guichet-valkey:{{ $servers.valkey.port }}
{{- else if and (eq $used "stripe") $.root.Values.standIns.enabled }}
{{- $keys := index $.of "guichet-stand-ins" }}
STRIPE_SECRET_KEY: {{ $keys.SECRET_KEY }}
STRIPE_PUBLISHABLE_KEY: {{ $keys.PUBLISHABLE_KEY }}
STRIPE_WEBHOOK_SECRETS: {{ $keys.WEBHOOK_SECRET }}
{{- else if and (eq $used "mail") $.root.Values.standIns.enabled }}
RESEND_API_KEY: re_local
{{- end }}
{{- end }}
{{- end }}
