{{- define "common.deployment" -}}
{{- $names := dict "root" .root "component" .spec.component -}}
{{- $values := .root.Values -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  {{- /* What scales it sets the number. */}}
  {{- if not (or $values.autoscaling.enabled (include "common.keda" .)) }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: {{ .spec.progressDeadlineSeconds | default 600 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "common.selectorLabels" $names | nindent 6 }}
  template:
    {{- include "common.podTemplate" . | nindent 4 }}
{{- end -}}

{{/* "claims": [{name, size, storageClass}] */}}
{{- define "common.statefulset" -}}
{{- $names := dict "root" .root "component" .spec.component -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  {{- if not (include "common.keda" .) }}
  replicas: {{ .root.Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  serviceName: {{ include "common.name" $names }}-peers
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "common.selectorLabels" $names | nindent 6 }}
  template:
    {{- include "common.podTemplate" (dict "root" .root "spec" (merge (dict "stateful" true) .spec)) | nindent 4 }}
  volumeClaimTemplates:
    {{- range .claims }}
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: {{ .name }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .size }}
    {{- end }}
{{- end -}}

{{- define "common.service" -}}
{{- $names := dict "root" .root "component" .spec.component -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "common.name" $names }}{{ if .headless }}-peers{{ end }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
    {{- /* Monitors look for it: one of two Services that lead to the same pods. */}}
    libro-mind/scraped: {{ ternary "false" "true" (default false .headless) | quote }}
spec:
  type: ClusterIP
  {{- if .headless }}
  clusterIP: None
  {{- end }}
  selector:
    {{- include "common.selectorLabels" $names | nindent 4 }}
  ports:
    {{- range .spec.ports }}
    - name: {{ .name }}
      port: {{ .port }}
      targetPort: {{ .name }}
      protocol: TCP
    {{- end }}
{{- end -}}

{{- define "common.serviceaccount" -}}
{{- $names := dict "root" .root "component" .component -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
  {{- with .root.Values.serviceAccountAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}

{{- define "common.pdb" -}}
{{- $names := dict "root" .root "component" .component -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  {{- /* Not minAvailable: with one replica that would stop the draining of a node for ever. */}}
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "common.selectorLabels" $names | nindent 6 }}
{{- end -}}
