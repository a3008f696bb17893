{{/*
Pods as Pod Security's "restricted" wants them.

A workload ("spec") is a dictionary:
  component                  defaults to the chart's name
  image, command, args       of the main container, which is called as the component is
  env, secretEnv             NAME: value; NAME: {name, key} of a Secret
  ports                      [{name, port}]: of the container and of its Service
  probes                     {startup, readiness, liveness}, as Kubernetes has them
  resources, uid
  volumes, volumeMounts      besides /tmp, which each container has
  initContainers             [{name, image, command, args, env, secretEnv, resources, volumeMounts}]
  drain                      {preStopSeconds, gracePeriodSeconds}
  podAnnotations
  ingress, egress            peers, see common.networkPolicy
*/}}

{{- define "common.container" -}}
{{- $root := .root -}}
{{- with .container -}}
name: {{ .name }}
image: {{ include "common.image" (dict "root" $root "image" .image) }}
imagePullPolicy: {{ .image.pullPolicy | default "IfNotPresent" }}
{{- with .command }}
command: {{ toJson . }}
{{- end }}
{{- with .args }}
args: {{ toJson . }}
{{- end }}
{{- if or .env .secretEnv }}
env:
  {{- range $name, $ref := .secretEnv }}
  - name: {{ $name }}
    valueFrom:
      secretKeyRef:
        name: {{ $ref.name }}
        key: {{ $ref.key }}
  {{- end }}
  {{- range $name, $value := .env }}
  - name: {{ $name }}
    value: {{ $value | toString | quote }}
  {{- end }}
{{- end }}
{{- with .ports }}
ports:
  {{- range . }}
  - name: {{ .name }}
    containerPort: {{ .port }}
    protocol: TCP
  {{- end }}
{{- end }}
{{- with .probes }}
{{- range $kind := list "startup" "readiness" "liveness" }}
{{- with index $.container.probes $kind }}
{{ $kind }}Probe:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- with .drain }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .preStopSeconds }}
{{- end }}
resources:
  {{- toYaml .resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- with .volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "common.podTemplate" -}}
{{- $root := .root -}}
{{- $spec := .spec -}}
{{- $global := $root.Values.global -}}
{{- $names := dict "root" $root "component" $spec.component -}}
metadata:
  labels:
    {{- include "common.podLabels" $names | nindent 4 }}
  {{- $annotations := $spec.podAnnotations | default dict }}
  {{- if $global.mesh.enabled }}
  {{- /* A native sidecar starts before the init containers, which need the network, and ends with a job. */}}
  {{- $annotations = merge (dict "sidecar.istio.io/nativeSidecar" "true") $annotations }}
  {{- end }}
  {{- with $annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ $spec.serviceAccount | default (include "common.name" $names) }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $global.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $spec.restartPolicy }}
  restartPolicy: {{ . }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ $spec.uid }}
    runAsGroup: {{ $spec.uid }}
    fsGroup: {{ $spec.uid }}
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with $spec.drain }}
  terminationGracePeriodSeconds: {{ .gracePeriodSeconds }}
  {{- end }}
  {{- if not $spec.restartPolicy }}
  topologySpreadConstraints:
    {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "common.selectorLabels" $names | nindent 10 }}
      {{- if not $spec.stateful }}
      matchLabelKeys: [pod-template-hash]
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with $root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $spec.initContainers }}
  initContainers:
    {{- range . }}
    - {{- include "common.container" (dict "root" $root "container" .) | nindent 6 }}
    {{- end }}
  {{- end }}
  containers:
    - {{- include "common.container" (dict "root" $root "container" (merge (dict "name" (include "common.component" $names)) (omit $spec "initContainers"))) | nindent 6 }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ $spec.tmpSize | default "256Mi" }}
    {{- with $spec.volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
