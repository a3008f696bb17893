{{/* The job of an upgrade: a component of its own, or the Service would lead to it. */}}
{{- define "backend.migrateSpec" -}}
{{- $medusa := include "common.medusa" (dict "root" . "mode" "migrate") | fromYaml -}}
{{- $models := include "common.medusaModels" (dict "root" .) | fromYamlArray -}}
{{- $egress := include "common.medusaEgress" . | fromYamlArray -}}
{{- toYaml (merge (dict
  "component" "migrate"
  "serviceAccount" (include "common.name" (dict "root" .))
  "command" (list "node" "src/deploy/migrate.js")
  "restartPolicy" "Never"
  "resources" .Values.global.migration.resources
  "initContainers" $models
  "egress" $egress
) (omit $medusa "initContainers" "resources")) -}}
{{- end -}}
