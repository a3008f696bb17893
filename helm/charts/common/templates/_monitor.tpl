{{- define "common.servicemonitor" -}}
{{- $names := dict "root" .root "component" .component -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
    {{- with .root.Values.global.monitoring.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/component
  selector:
    matchLabels:
      {{- include "common.selectorLabels" $names | nindent 6 }}
      libro-mind/scraped: "true"
  endpoints:
    - port: http-metrics
      path: /metrics
      interval: 30s
{{- end -}}
