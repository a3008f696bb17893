{{/*
Names and labels. "root" is the calling chart's context; a component is called as its chart is, unless
"component" says otherwise.
*/}}

{{- define "common.component" -}}
{{ .component | default .root.Chart.Name }}
{{- end -}}

{{/* The name of a component of this release, which is that of its Service: libro-mind-backend. */}}
{{- define "common.name" -}}
{{ printf "%s-%s" .root.Release.Name (include "common.component" .) | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: {{ include "common.component" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ include "common.component" . }}
{{- end -}}

{{- define "common.labels" -}}
{{ include "common.selectorLabels" . }}
app.kubernetes.io/part-of: libro-mind
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{/* The labels of pods: no chart version, which would restart all of them for nothing. */}}
{{- define "common.podLabels" -}}
{{ include "common.selectorLabels" . }}
app.kubernetes.io/part-of: libro-mind
{{- end -}}

{{/* An image by digest, or by tag where no digest is given. */}}
{{- define "common.image" -}}
{{- $image := .image -}}
{{- if $image.digest -}}
{{ printf "%s@%s" $image.repository $image.digest }}
{{- else -}}
{{ printf "%s:%s" $image.repository ($image.tag | default .root.Chart.AppVersion) }}
{{- end -}}
{{- end -}}
