variable "project_id" {
  description = "The project that holds the cluster."
  type        = string
}

variable "name" {
  description = "The cluster's name."
  type        = string
}

variable "location" {
  description = "A region (nodes in three zones) or a zone (cheaper, and gone with it)."
  type        = string
}

variable "network_id" {
  description = "The network that the nodes are in."
  type        = string
}

variable "subnetwork_id" {
  description = "Their subnet, with the secondary ranges `pods` and `services`."
  type        = string
}

variable "control_plane_cidr" {
  description = "Addresses of the control plane: a /28 that nothing else has."
  type        = string
  default     = "172.16.0.0/28"

  validation {
    condition     = can(cidrhost(var.control_plane_cidr, 0)) && endswith(var.control_plane_cidr, "/28")
    error_message = "control_plane_cidr takes a /28, such as 172.16.0.0/28."
  }
}

variable "authorized_networks" {
  description = "Who reaches the control plane from outside, by name: { office = \"203.0.113.0/24\" }."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for cidr in values(var.authorized_networks) : can(cidrhost(cidr, 0))])
    error_message = "authorized_networks takes ranges of IPv4 addresses, such as { office = \"203.0.113.0/24\" }."
  }

  validation {
    condition     = !contains(values(var.authorized_networks), "0.0.0.0/0")
    error_message = "authorized_networks must not open the control plane to everybody (0.0.0.0/0): name the networks that need it."
  }
}

variable "dns_endpoint" {
  description = "Whether the control plane is reached from anywhere by its name too, by whom IAM permits: GitHub's runners have no addresses that could be authorized."
  type        = bool
  default     = false
}

variable "release_channel" {
  description = "How soon upgrades of Kubernetes come."
  type        = string
  default     = "REGULAR"

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE"], var.release_channel)
    error_message = "release_channel takes RAPID, REGULAR or STABLE."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the cluster."
  type        = bool
  default     = true
}

variable "managed_prometheus" {
  description = "Whether Google's Prometheus scrapes the cluster, beside or instead of the chart's."
  type        = bool
  default     = false
}

variable "nodes" {
  description = "The pool of everything but the language model. Spot nodes cost a third and may go at any time."
  type = object({
    machine_type = string
    min          = number
    max          = number
    spot         = optional(bool, false)
  })

  validation {
    condition     = var.nodes.min >= 1 && var.nodes.max >= var.nodes.min
    error_message = "nodes takes a min of 1 or more, and a max that isn't below it."
  }
}

variable "gpu_nodes" {
  description = "The pool for Ollama, in zones that have the accelerator; null: none."
  type = object({
    machine_type = optional(string, "g2-standard-4")
    accelerator  = optional(string, "nvidia-l4")
    zones        = list(string)
    max          = number
    spot         = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.gpu_nodes == null || try(length(var.gpu_nodes.zones) > 0 && var.gpu_nodes.max >= 1, false)
    error_message = "gpu_nodes takes at least one zone, and a max of 1 or more."
  }
}
