{{/* What every pod of this chart says about itself, so that Pod Security "restricted" admits it. */}}
{{- define "guichet-backing.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  # Only a new volume is walked through: later it costs time and opens private files to the group.
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "guichet-backing.container" -}}
image: {{ include "guichet-backing.image" . | quote }}
imagePullPolicy: {{ .root.Values.imagePullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/* Environment and mounts: the same for a server and for what prepares it. */}}
{{- define "guichet-backing.surroundings" -}}
env:
{{- range $name, $value := .server.env }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- range $name, $key := .server.secretEnv }}
  - { name: {{ $name }}, valueFrom: { secretKeyRef: { name: {{ $.secret }}, key: {{ $key }} } } }
{{- end }}
volumeMounts:
  - { name: data, mountPath: /guichet/data{{ with .server.volume.subPath }}, subPath: {{ . }}{{ end }} }
  - { name: tmp, mountPath: /tmp }
{{- if .mountsFiles }}
  - { name: config, mountPath: /guichet/config, readOnly: true }
{{- end }}
{{- if .mountsSecret }}
  - { name: secret, mountPath: /guichet/secret, readOnly: true }
{{- end }}
{{- end }}

{{/* The files of a server: its scripts and its settings, as a ConfigMap's data. */}}
{{- define "guichet-backing.files" -}}
{{- range $path, $_ := .root.Files.Glob (printf "files/%s/*" .name) }}
{{ base $path }}: | {{- $.root.Files.Get $path | nindent 2 }}
{{- end }}
{{- with .server.settingsFile }}
{{ . }}: |
{{- range $key, $value := $.server.settings }}
  {{ printf "%s%s%s" $key $.server.settingsSeparator $value }}
{{- end }}
{{- end }}
{{- end }}

{{/* Probes, resources and volume of one stand-in. Pass (dict "own" .Values.standIns "port" … "path" …). */}}
{{- define "guichet-backing.stand-in" -}}
startupProbe: { tcpSocket: { port: {{ .port }} }, periodSeconds: 1, failureThreshold: 60 }
readinessProbe: { httpGet: { path: {{ .path | quote }}, port: {{ .port }} }, periodSeconds: 10, timeoutSeconds: 3 }
livenessProbe: { tcpSocket: { port: {{ .port }} }, periodSeconds: 20, failureThreshold: 6 }
resources: {{- toYaml .own.resources | nindent 2 }}
volumeMounts:
  - { name: data, mountPath: /guichet/data }
{{- end }}
