{{/* {NAME OF SECRET: [KEY]}: what isn't made by somebody else. */}}
{{- define "libro-mind.secrets" -}}
{{- $global := .Values.global -}}
{{- $backend := list "COOKIE_SECRET" "JWT_SECRET" "REVALIDATE_SECRET" -}}
{{- $storefront := list "MEDUSA_PUBLISHABLE_KEY" -}}
{{- if not $global.database.inCluster -}}{{- $backend = append $backend "DATABASE_URL" -}}{{- end -}}
{{- if not $global.redis.inCluster -}}
{{- $backend = append $backend "REDIS_URL" -}}
{{- $storefront = append $storefront "REDIS_URL" -}}
{{- end -}}
{{ .Release.Name }}-backend: {{ toJson $backend }}
{{- if .Values.storefront.enabled }}
{{ .Release.Name }}-storefront: {{ toJson $storefront }}
{{- end }}
{{- if $global.redis.inCluster }}
{{ .Release.Name }}-redis: [REDIS_PASSWORD]
{{- end }}
{{- end -}}
