{{/*
What Medusa is given in each of its modes. "mode" is server, worker or migrate; a migration runs in
Medusa's server mode by itself.
*/}}

{{/*
What the storefront knows the worker by. It is with the backend's secrets, since a first install is without
the storefront's.
*/}}
{{- define "common.revalidateSecret" -}}
REVALIDATE_SECRET: {name: {{ include "common.name" (dict "root" .root "component" "backend") }}, key: REVALIDATE_SECRET}
{{- end -}}

{{- define "common.medusaSecrets" -}}
{{- $root := .root -}}
{{- $secret := include "common.name" (dict "root" $root "component" "backend") -}}
{{- if $root.Values.global.database.inCluster }}
{{- /* CloudNativePG makes it. */}}
DATABASE_URL: {name: {{ include "common.name" (dict "root" $root "component" "postgresql") }}-app, key: uri}
{{- else }}
DATABASE_URL: {name: {{ $secret }}, key: DATABASE_URL}
{{- end }}
JWT_SECRET: {name: {{ $secret }}, key: JWT_SECRET}
COOKIE_SECRET: {name: {{ $secret }}, key: COOKIE_SECRET}
{{ include "common.redisSecrets" (dict "root" $root "secret" $secret) }}
{{- end -}}

{{- define "common.medusaEnv" -}}
{{- $root := .root -}}
{{- $global := $root.Values.global -}}
NODE_ENV: production
{{- /* The heap below the limit of memory: the model and its thread take half a gigabyte beside it. */}}
NODE_OPTIONS: --max-old-space-size=1024
MEDUSA_DISABLE_TELEMETRY: "true"
HOME: /tmp
XDG_CONFIG_HOME: /tmp/config
LIBRO_MODELS_DIR: /models
LIBRO_RELEASE: {{ include "common.image" (dict "root" $root "image" $global.images.backend) }}
MEDUSA_WORKER_MODE: {{ ternary "worker" "server" (eq .mode "worker") }}
DISABLE_MEDUSA_ADMIN: {{ ternary "false" "true" (eq .mode "server") | quote }}
STORE_CORS: https://{{ $global.hosts.shop }}
ADMIN_CORS: https://{{ $global.hosts.api }}
AUTH_CORS: https://{{ $global.hosts.api }},https://{{ $global.hosts.shop }}
{{- if $global.assistant.enabled }}
OLLAMA_BASE_URL: {{ $global.assistant.baseUrl | default (printf "http://%s:11434" (include "common.name" (dict "root" $root "component" "ollama"))) }}
OLLAMA_MODEL: {{ $global.assistant.model }}
{{- end }}
{{ include "common.redisUrl" (dict "root" $root "database" 0) }}
{{- end -}}

{{/* Weights are copied and compared with their sums; a volume is compared by the image's digest. */}}
{{- define "common.medusaModels" -}}
{{- $root := .root -}}
{{- if eq $root.Values.global.images.models.delivery "copy" }}
- name: models
  image: {{ toJson $root.Values.global.images.models }}
  command: [sh, -euc, "cp -R /models/. /weights/ && cd /weights && sha256sum -c SHA256SUMS"]
  resources:
    requests: {cpu: 50m, memory: 32Mi}
    limits: {memory: 128Mi}
  volumeMounts:
    - {name: models, mountPath: /weights}
{{- end }}
{{- end -}}

{{- define "common.medusaModelsVolume" -}}
{{- $models := .root.Values.global.images.models -}}
- name: models
{{- if eq $models.delivery "copy" }}
  emptyDir:
    sizeLimit: 512Mi
{{- else }}
  image:
    reference: {{ include "common.image" (dict "root" .root "image" $models) }}
    pullPolicy: IfNotPresent
{{- end }}
{{- end -}}

{{/* The spec of a Medusa in "mode", of "component", but for ports, probes and peers. */}}
{{- define "common.medusa" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $models := include "common.medusaModels" . | fromYamlArray -}}
{{- $volume := include "common.medusaModelsVolume" . | fromYamlArray -}}
{{- $secrets := include "common.medusaSecrets" . | fromYaml -}}
{{- $env := include "common.medusaEnv" . | fromYaml -}}
{{- $mount := dict "name" "models" "mountPath" "/models" "readOnly" true -}}
{{- $migrate := dict
  "name" "migrate"
  "image" $values.global.images.backend
  "command" (list "node" "src/deploy/migrate.js" "--once")
  "env" $env
  "secretEnv" $secrets
  "resources" $values.global.migration.resources
  "volumeMounts" (list $mount)
-}}
{{- toYaml (dict
  "image" $values.global.images.backend
  "env" (merge dict ($values.env | default dict) (include "common.telemetry" . | fromYaml) $env)
  "secretEnv" $secrets
  "resources" ($values.resources | default dict)
  "uid" 1000
  "volumes" $volume
  "volumeMounts" (list $mount)
  "initContainers" (concat $models (list $migrate))
  "progressDeadlineSeconds" 1800
) -}}
{{- end -}}

{{/* Where Medusa calls to, in any mode. YAML of a list of peers. */}}
{{- define "common.medusaEgress" -}}
- {{ include "common.databasePeer" . }}
- {{ include "common.redisPeer" . }}
{{- if .Values.global.tracing.enabled }}
- {{ include "common.tracingPeer" . }}
{{- end }}
{{- end -}}
