{{/* A service reaches itself without leaving its pod: (dict "root" $ "from" name "to" name "port" number). */}}
{{- define "guichet.address" -}}
http://{{ eq .from .to | ternary "127.0.0.1" (printf "%s-%s" .root.Release.Name .to) }}:{{ .port }}
{{- end }}

{{/* A number as it was written: YAML's become floats on their way here. */}}
{{- define "guichet.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end }}

{{/* The files of a service's ConfigMap: (dict "root" $ "name" name). */}}
{{- define "guichet.settings" -}}
{{- $root := .root }}
{{- $name := .name }}
{{- $facts := include "guichet.facts" $root | fromYaml }}
{{- $service := get $facts.services $name }}
{{- $values := $root.Values }}
{{- $identity := include "guichet.address" (dict "root" $root "from" $name "to" "identity" "port" $facts.ports.http) }}
{{- $calls := list }}
{{- range $service.calls }}
{{- $calls = append $calls (printf "%s=%s" . (include "guichet.address" (dict "root" $root "from" $name "to" . "port" $facts.ports.http))) }}
{{- end }}
{{- $management := list }}
{{- range $facts.order }}
{{- $management = append $management (printf "%s=%s" . (include "guichet.address" (dict "root" $root "from" $name "to" . "port" $facts.ports.management))) }}
{{- end }}
{{- $asksKubernetes := and $service.kubernetesApi (or (not $values.networkPolicy.enabled) $values.networkPolicy.apiServer.to) }}
{{- $all := dict
  "RELEASE" $root.Release.Name
  "CLUSTER" (ternary "kubernetes" "none" (not (empty $asksKubernetes)))
  "DISCOVERY" (ternary "kubernetes" "static" (not (empty $asksKubernetes)))
  "DISCOVERY_SELECTOR" (printf "app.kubernetes.io/instance=%s" $root.Release.Name)
  "DISCOVERY_PREFIX" (printf "%s-" $root.Release.Name)
  "ISSUER_URL" $values.publicUrl
  "PUBLIC_URL" $values.publicUrl
  "JWKS_URL" (printf "%s/.well-known/jwks.json" $identity)
  "TOKEN_URL" (printf "%s/api/auth/token" $identity)
  "SERVICES" (join "," $calls)
  "MANAGEMENT" (join "," $management)
  "SERVICE_CLIENT_ID" $name
  "DRAIN_MS" "5000"
  "GRACE_MS" (mul 1000 (sub (int $values.drain.graceSeconds) (int $values.drain.preStopSeconds)))
}}
{{- $all = mergeOverwrite $all (deepCopy $values.settings) (deepCopy (get $values.services $name).settings) }}
{{- range $key, $value := $all }}
{{- if has $key $service.settings }}
{{ $key }}: {{ include "guichet.text" $value | quote }}
{{- end }}
{{- end }}
{{- end }}
