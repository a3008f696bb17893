{{/*
Peers are written as what they are:
  {component: backend}   a component of this release
  {database: true}       the database, in the cluster or outside; likewise redis, model
  {gateway: true}        what lets the public in; likewise monitoring, tracing
  {public: true}         any address that isn't private
with ports: [9000, 9464].
*/}}
{{- define "common.peers" -}}
{{- $root := .root -}}
{{- $network := $root.Values.global.network -}}
{{- $private := list "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16" "169.254.0.0/16" "100.64.0.0/10" -}}
{{- with .peer -}}
{{- if .component }}
- podSelector:
    matchLabels:
      {{- include "common.selectorLabels" (dict "root" $root "component" .component) | nindent 6 }}
{{- else if .cluster }}
- podSelector:
    matchLabels:
      cnpg.io/cluster: {{ include "common.name" (dict "root" $root "component" "postgresql") }}
{{- else if .cidrs }}
{{- range .cidrs }}
- ipBlock:
    cidr: {{ . }}
{{- end }}
{{- else if .public }}
- ipBlock:
    cidr: 0.0.0.0/0
    except: {{ toJson $private }}
{{- else if .namespace }}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
{{- else }}
{{- fail (printf "common.peers: an unknown peer: %s" (toJson .)) }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "common.rules" -}}
{{- $root := .root -}}
{{- $direction := .direction -}}
{{- range .rules }}
- {{ $direction }}:
    {{- include "common.peers" (dict "root" $root "peer" .) | indent 4 }}
  {{- with .ports }}
  ports:
    {{- range . }}
    - protocol: TCP
      port: {{ . }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "common.networkPolicy" -}}
{{- $root := .root -}}
{{- $global := $root.Values.global -}}
{{- $names := dict "root" $root "component" .spec.component -}}
{{- $selector := .selector | default (include "common.selectorLabels" $names | fromYaml) -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "common.name" $names }}
  labels:
    {{- include "common.labels" $names | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- toYaml $selector | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- with .spec.ingress }}
  ingress:
    {{- include "common.rules" (dict "root" $root "direction" "from" "rules" .) | trim | nindent 4 }}
  {{- end }}
  {{- with .spec.egress }}
  egress:
    {{- include "common.rules" (dict "root" $root "direction" "to" "rules" .) | trim | nindent 4 }}
  {{- end }}
{{- end -}}
