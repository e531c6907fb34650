{{/* What the pods of a service and of its migrations have in common: (dict "root" $ "name" name). */}}
{{- define "guichet.pod" -}}
{{- $service := get .root.Values.services .name }}
{{- $facts := include "guichet.facts" .root | fromYaml }}
serviceAccountName: {{ .root.Release.Name }}-{{ .name }}
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ $facts.runAsUser }}
  runAsGroup: {{ $facts.runAsUser }}
  fsGroup: {{ $facts.runAsUser }}
  seccompProfile:
    type: RuntimeDefault
volumes:
  - name: settings
    projected:
      defaultMode: 288 # 0440
      sources:
        - configMap:
            name: {{ .root.Release.Name }}-{{ .name }}
        {{- with $service.existingSecret }}
        - secret:
            name: {{ . }}
        {{- end }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $service.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $service.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The container of a service, without its ports and probes: (dict "root" $ "name" name). */}}
{{- define "guichet.container" -}}
{{- $service := get .root.Values.services .name }}
name: {{ .name }}
image: {{ include "guichet.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
env:
  - name: CONFIG_DIR
    value: /etc/guichet
  # As cdk8s/src/memory.ts has it: what keeps a process below its limit.
  - name: NODE_OPTIONS
    value: --max-old-space-size={{ div $service.resources.memoryLimitMi 3 }} --max-semi-space-size=16
  - name: MALLOC_ARENA_MAX
    value: "2"
  - name: OTEL_SERVICE_NAME
    value: {{ .name }}
  {{- with .root.Values.telemetry }}
  {{- if .endpoint }}
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: {{ .endpoint }}
  - name: OTEL_TRACES_SAMPLER
    value: parentbased_traceidratio
  - name: OTEL_TRACES_SAMPLER_ARG
    value: {{ .sampleRatio | toString | quote }}
  {{- end }}
  {{- end }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
resources:
  requests:
    cpu: {{ $service.resources.cpu }}
    memory: {{ $service.resources.memory }}
  limits:
    memory: {{ $service.resources.memoryLimitMi }}Mi
# What a service said last, when it refuses to start, is what `kubectl describe` shows.
terminationMessagePolicy: FallbackToLogsOnError
volumeMounts:
  - name: settings
    mountPath: /etc/guichet
    readOnly: true
{{- end }}

{{/* A probe of the management port: (dict "path" path "period" seconds "failures" number). */}}
{{- define "guichet.probe" -}}
httpGet:
  path: {{ .path }}
  port: management
timeoutSeconds: 3
periodSeconds: {{ .period }}
failureThreshold: {{ .failures }}
{{- end }}
