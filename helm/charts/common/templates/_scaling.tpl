{{/* CPU and memory of the service's own container: a sidecar's are no sign of load. */}}
{{- define "common.hpa" -}}
{{- $names := dict "root" .root "component" .component -}}
{{- with .root.Values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "common.name" $names }}
  minReplicas: {{ .minReplicas }}
  maxReplicas: {{ .maxReplicas }}
  metrics:
    {{- range $resource, $percent := dict "cpu" .cpuPercent "memory" .memoryPercent }}
    - type: ContainerResource
      containerResource:
        name: {{ $resource }}
        container: {{ include "common.component" $names }}
        target:
          type: Utilization
          averageUtilization: {{ $percent }}
    {{- end }}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
    scaleDown:
      stabilizationWindowSeconds: 300
      policies:
        - type: Pods
          value: 1
          periodSeconds: 120
{{- end -}}
{{- end -}}

{{/* Whether KEDA scales this workload: "true" or nothing. */}}
{{- define "common.keda" -}}
{{- if and .root.Values.global.keda.enabled (dig "keda" "enabled" false (.root.Values | merge dict)) -}}true{{- end -}}
{{- end -}}

{{/*
"kind" of the target. The query's answer is divided by "threshold": as many replicas, between the bounds.
*/}}
{{- define "common.scaledobject" -}}
{{- $names := dict "root" .root "component" .component -}}
{{- $global := .root.Values.global -}}
{{- $kind := .kind -}}
{{- with .root.Values.keda -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ $kind }}
    name: {{ include "common.name" $names }}
  minReplicaCount: {{ .minReplicas }}
  maxReplicaCount: {{ .maxReplicas }}
  pollingInterval: 30
  {{- /* A Prometheus that is away must not stop the shop's work. */}}
  fallback:
    failureThreshold: 4
    replicas: {{ .minReplicas }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleDown:
          stabilizationWindowSeconds: {{ .scaleDownSeconds }}
  triggers:
    - type: prometheus
      metricType: AverageValue
      metadata:
        serverAddress: {{ $global.monitoring.prometheusUrl }}
        query: {{ .query | quote }}
        threshold: {{ .threshold | quote }}
{{- end -}}
{{- end -}}
