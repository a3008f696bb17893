{{- define "redis.spec" -}}
{{- $secret := include "common.name" (dict "root" .) -}}
{{- $ping := list "sh" "-c" "redis-cli ping | grep -q PONG" -}}
image: {{ toJson .Values.image }}
uid: 999
args: [redis-server, /etc/redis/redis.conf, --requirepass, $(REDIS_PASSWORD)]
env:
  {{- toYaml .Values.env | nindent 2 }}
secretEnv:
  REDIS_PASSWORD: {name: {{ $secret }}, key: REDIS_PASSWORD}
  REDISCLI_AUTH: {name: {{ $secret }}, key: REDIS_PASSWORD}
ports:
  - {name: tcp-redis, port: 6379}
probes:
  # While it reads its log from the disk it answers LOADING, and no PONG.
  startup:
    exec: {command: {{ toJson $ping }}}
    periodSeconds: 2
    timeoutSeconds: 3
    failureThreshold: 150
  readiness:
    exec: {command: {{ toJson $ping }}}
    periodSeconds: 5
    timeoutSeconds: 3
  liveness:
    tcpSocket: {port: tcp-redis}
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 6
resources:
  {{- toYaml .Values.resources | nindent 2 }}
drain:
  {{- toYaml .Values.drain | nindent 2 }}
podAnnotations:
  libro-mind/configuration: {{ include "redis.conf" . | sha256sum }}
volumes:
  - name: configuration
    configMap: {name: {{ include "common.name" (dict "root" .) }}}
volumeMounts:
  - {name: data, mountPath: /data}
  - {name: configuration, mountPath: /etc/redis, readOnly: true}
ingress:
  - {component: backend, ports: [6379]}
  - {component: worker, ports: [6379]}
  - {component: migrate, ports: [6379]}
  - {component: storefront, ports: [6379]}
{{- end -}}

{{- define "redis.conf" -}}
dir /data
appendonly yes
appendfsync everysec
maxmemory {{ .Values.maxMemory }}
# Queues, workflows and locks: none of them may be forgotten to make room. What is cached expires by itself.
maxmemory-policy noeviction
{{- end -}}
