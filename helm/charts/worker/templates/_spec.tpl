{{- define "worker.spec" -}}
{{- $medusa := include "common.medusa" (dict "root" . "mode" "worker") | fromYaml -}}
{{- $own := include "worker.own" . | fromYaml -}}
{{- $spec := merge $own $medusa -}}
{{- /* Events are a worker's: it has the storefront forget what has changed. */}}
{{- $_ := set $spec.env "STOREFRONT_URL" (printf "http://%s:8000" (include "common.name" (dict "root" . "component" "storefront"))) -}}
{{- $_ := include "common.revalidateSecret" (dict "root" .) | fromYaml | merge $spec.secretEnv -}}
{{- toYaml $spec -}}
{{- end -}}

{{- define "worker.own" -}}
ports:
  - {name: http, port: 9000}
  - {name: http-metrics, port: 9464}
probes:
  # A worker has no routes but this. It listens before it seeds an index, however long that takes.
  startup:
    httpGet: {path: /health, port: http}
    periodSeconds: 3
    timeoutSeconds: 3
    failureThreshold: 100
  readiness:
    httpGet: {path: /health, port: http}
    periodSeconds: 10
    timeoutSeconds: 5
  liveness:
    httpGet: {path: /health, port: http}
    periodSeconds: 20
    timeoutSeconds: 10
    failureThreshold: 6
drain:
  {{- toYaml .Values.drain | nindent 2 }}
ingress:
  - {namespace: {{ .Values.global.monitoring.namespace }}, ports: [9464]}
egress:
  {{- include "common.medusaEgress" . | nindent 2 }}
  - {component: storefront, ports: [8000]}
  # What subscribers and workflows call: payment providers, mail.
  - {public: true, ports: [443]}
{{- end -}}
