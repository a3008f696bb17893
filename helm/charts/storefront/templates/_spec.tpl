{{- define "storefront.spec" -}}
{{- $secret := include "common.name" (dict "root" .) -}}
image: {{ toJson .Values.global.images.storefront }}
uid: 1000
env:
  {{- $env := include "storefront.env" . | fromYaml }}
  {{- toYaml (merge dict .Values.env (include "common.telemetry" (dict "root" .) | fromYaml) $env) | nindent 2 }}
secretEnv:
  MEDUSA_PUBLISHABLE_KEY: {name: {{ $secret }}, key: MEDUSA_PUBLISHABLE_KEY}
  {{- include "common.revalidateSecret" (dict "root" .) | nindent 2 }}
  {{- include "common.redisSecrets" (dict "root" . "secret" $secret) | nindent 2 }}
ports:
  - {name: http, port: 8000}
  - {name: http-metrics, port: 9464}
probes:
  # None of them calls the backend: a shop without it still says so in words.
  startup:
    httpGet: {path: /api/health, port: http}
    periodSeconds: 2
    timeoutSeconds: 3
    failureThreshold: 30
  readiness:
    httpGet: {path: /api/health, port: http}
    periodSeconds: 5
    timeoutSeconds: 3
  liveness:
    httpGet: {path: /api/health, port: http}
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 6
resources:
  {{- toYaml .Values.resources | nindent 2 }}
drain:
  {{- toYaml .Values.drain | nindent 2 }}
volumes:
  - name: next-cache
    emptyDir: {sizeLimit: 512Mi}
volumeMounts:
  - {name: next-cache, mountPath: {{ .Values.cachePath }}}
ingress:
  - {namespace: {{ .Values.global.network.gatewayNamespace }}, ports: [8000]}
  # A worker says what has changed: POST /api/revalidate.
  - {component: worker, ports: [8000]}
  - {namespace: {{ .Values.global.monitoring.namespace }}, ports: [9464]}
egress:
  - {component: backend, ports: [9000]}
  - {{ include "common.redisPeer" . }}
  {{- if .Values.global.tracing.enabled }}
  - {{ include "common.tracingPeer" . }}
  {{- end }}
{{- end -}}

{{- define "storefront.env" -}}
NODE_ENV: production
HOME: /tmp
HOSTNAME: 0.0.0.0
PORT: "8000"
NEXT_TELEMETRY_DISABLED: "1"
MEDUSA_BACKEND_URL: http://{{ include "common.name" (dict "root" . "component" "backend") }}:9000
{{- /* Database 1 of the Redis that Medusa has: what one replica caches or forgets, all do. */}}
{{ include "common.redisUrl" (dict "root" . "database" 1) }}
{{- end -}}
