{{- define "postgresql.peers" -}}
ingress:
  - {component: backend, ports: [5432]}
  - {component: worker, ports: [5432]}
  - {component: migrate, ports: [5432]}
  - {cluster: true, ports: [5432, 8000]}
  - {namespace: {{ .Values.global.database.operatorNamespace }}, ports: [8000]}
  - {namespace: {{ .Values.global.monitoring.namespace }}, ports: [9187]}
egress:
  - {cluster: true, ports: [5432, 8000]}
  # Each instance asks the Kubernetes API what it is to be.
  - {cidrs: {{ toJson .Values.global.network.apiServerCidrs }}, ports: [443, 6443]}
{{- end -}}
