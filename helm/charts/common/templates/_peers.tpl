{{/* Peers that are in the cluster or outside of it, as the values have it. YAML of one peer. */}}

{{- define "common.databasePeer" -}}
{{- $database := .Values.global.database -}}
{{- if $database.inCluster -}}
{cluster: true, ports: [5432]}
{{- else -}}
{cidrs: {{ toJson $database.cidrs }}, ports: [{{ $database.port }}]}
{{- end -}}
{{- end -}}

{{- define "common.redisPeer" -}}
{{- $redis := .Values.global.redis -}}
{{- if $redis.inCluster -}}
{component: redis, ports: [6379]}
{{- else -}}
{cidrs: {{ toJson $redis.cidrs }}, ports: [{{ $redis.port }}]}
{{- end -}}
{{- end -}}

{{- define "common.tracingPeer" -}}
{namespace: {{ .Values.global.tracing.namespace }}, ports: [4318]}
{{- end -}}

{{- define "common.gatewayPeer" -}}
{namespace: {{ .Values.global.network.gatewayNamespace }}, ports: [{{ .port }}]}
{{- end -}}

{{/* Secrets that a Redis inside the cluster, or one outside, is reached by: "secret" is of the outside one. */}}
{{- define "common.redisSecrets" -}}
{{- $root := .root -}}
{{- if $root.Values.global.redis.inCluster -}}
REDIS_PASSWORD: {name: {{ include "common.name" (dict "root" $root "component" "redis") }}, key: REDIS_PASSWORD}
{{- else -}}
REDIS_URL: {name: {{ .secret }}, key: REDIS_URL}
{{- end -}}
{{- end -}}

{{- define "common.redisUrl" -}}
{{- if .root.Values.global.redis.inCluster -}}
REDIS_URL: redis://:$(REDIS_PASSWORD)@{{ include "common.name" (dict "root" .root "component" "redis") }}:6379/{{ .database }}
{{- end -}}
{{- end -}}

{{- define "common.telemetry" -}}
METRICS_HOST: 0.0.0.0
METRICS_PORT: "9464"
OTEL_SERVICE_NAME: {{ include "common.name" . }}
{{- with .root.Values.global.tracing }}
{{- if .enabled }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ .endpoint }}
OTEL_TRACES_SAMPLER: parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG: {{ .ratio | quote }}
{{- end }}
{{- end }}
{{- end -}}
