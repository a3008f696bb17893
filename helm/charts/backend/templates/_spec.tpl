{{- define "backend.spec" -}}
{{- $medusa := include "common.medusa" (dict "root" . "mode" "server") | fromYaml -}}
{{- $own := include "backend.own" . | fromYaml -}}
{{- toYaml (merge $own $medusa) -}}
{{- end -}}

{{- define "backend.own" -}}
ports:
  - {name: http, port: 9000}
  - {name: http-metrics, port: 9464}
probes:
  # Medusa listens once its modules, the migrations that they need and the routes are there. The model is
  # loaded at the first text, on a thread; searches go by keyword until then.
  startup:
    httpGet: {path: /health, port: http}
    periodSeconds: 3
    timeoutSeconds: 3
    failureThreshold: 100
  # The database within two seconds. Half a minute without it, and the gateway says so in its place.
  readiness:
    httpGet: {path: /ready, port: http}
    periodSeconds: 5
    timeoutSeconds: 4
    failureThreshold: 6
  # The event loop only: a restart mends no database.
  liveness:
    httpGet: {path: /health, port: http}
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 6
drain:
  {{- toYaml .Values.drain | nindent 2 }}
ingress:
  - {component: storefront, ports: [9000]}
  - {namespace: {{ .Values.global.network.gatewayNamespace }}, ports: [9000]}
  - {namespace: {{ .Values.global.monitoring.namespace }}, ports: [9464]}
egress:
  {{- include "common.medusaEgress" . | nindent 2 }}
  {{- if and .Values.global.assistant.enabled .Values.global.assistant.inCluster }}
  - {component: ollama, ports: [11434]}
  {{- end }}
  # Payment providers, mail, storage of files: which hosts, the mesh says.
  - {public: true, ports: [443]}
{{- end -}}
