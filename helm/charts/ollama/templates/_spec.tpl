{{- define "ollama.spec" -}}
{{- $model := .Values.global.assistant.model -}}
{{- $resources := deepCopy .Values.resources -}}
{{- if .Values.gpus -}}
{{- $_ := set $resources "limits" (merge (dict "nvidia.com/gpu" .Values.gpus) $resources.limits) -}}
{{- end -}}
image: {{ toJson .Values.image }}
uid: 1000
args: [serve]
env:
  {{- toYaml (merge dict .Values.env (include "ollama.env" . | fromYaml)) | nindent 2 }}
ports:
  - {name: http, port: 11434}
probes:
  # Loads the model: a pod that is ready answers at once, also one that was added.
  startup:
    exec: {command: [ollama, run, {{ $model | quote }}, ""]}
    periodSeconds: 10
    timeoutSeconds: 300
    failureThreshold: 6
  readiness:
    httpGet: {path: /, port: http}
    periodSeconds: 10
    timeoutSeconds: 5
  # A model that computes leaves little for a probe, and is no reason to be killed.
  liveness:
    httpGet: {path: /, port: http}
    periodSeconds: 30
    timeoutSeconds: 20
    failureThreshold: 6
resources:
  {{- toYaml $resources | nindent 2 }}
drain:
  {{- toYaml .Values.drain | nindent 2 }}
volumeMounts:
  - {name: models, mountPath: /models}
initContainers:
  # Not after the start: a pull that takes long would have the pod killed. Once in the volume, it needs no network.
  - name: pull
    image: {{ toJson .Values.image }}
    command: [sh, -euc]
    args:
      - |
        ollama serve &
        server=$!
        until ollama list > /dev/null 2>&1; do sleep 1; done
        ollama show "$MODEL" > /dev/null 2>&1 || ollama pull "$MODEL"
        kill "$server"
    env:
      HOME: /tmp
      MODEL: {{ $model | quote }}
      OLLAMA_HOST: 127.0.0.1:11434
      OLLAMA_MODELS: /models
    resources:
      requests: {cpu: 250m, memory: 256Mi}
      limits: {memory: 1Gi}
    volumeMounts:
      - {name: models, mountPath: /models}
ingress:
  - {component: backend, ports: [11434]}
egress:
  # The model's hub, until the model is in the volume.
  - {public: true, ports: [443]}
{{- end -}}

{{- define "ollama.env" -}}
HOME: /tmp
OLLAMA_HOST: 0.0.0.0:11434
OLLAMA_MODELS: /models
# Otherwise the model leaves the memory after five minutes, and the next shopper waits for it.
OLLAMA_KEEP_ALIVE: "-1"
OLLAMA_NUM_PARALLEL: {{ .Values.parallel | quote }}
{{- end -}}
