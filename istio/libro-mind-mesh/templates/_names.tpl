{{/* The name of a component of the shop's release, which is that of its Service and of its account. */}}
{{- define "mesh.component" -}}
{{ printf "%s-%s" .root.Values.release .component }}
{{- end -}}

{{/* Who a component is in the mesh. */}}
{{- define "mesh.principal" -}}
cluster.local/ns/{{ .root.Release.Namespace }}/sa/{{ include "mesh.component" . }}
{{- end -}}

{{/* Who the gateway is: Istio makes an account for each Gateway. */}}
{{- define "mesh.gatewayPrincipal" -}}
cluster.local/ns/{{ .Values.gateway.namespace }}/sa/{{ .Values.gateway.name }}-{{ .Values.gateway.className }}
{{- end -}}

{{- define "mesh.prometheusPrincipal" -}}
cluster.local/ns/{{ .Values.prometheus.namespace }}/sa/{{ .Values.prometheus.account }}
{{- end -}}

{{- define "mesh.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: libro-mind
{{- end -}}

{{/* The pods of a component. */}}
{{- define "mesh.selector" -}}
app.kubernetes.io/instance: {{ .root.Values.release }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}
