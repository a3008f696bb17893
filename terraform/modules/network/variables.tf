variable "project_id" {
  description = "The project that holds the network."
  type        = string
}

variable "region" {
  description = "The region of its one subnet."
  type        = string
}

variable "name" {
  description = "The network's name, and the beginning of the names of what is in it."
  type        = string
}

variable "nodes_cidr" {
  description = "Addresses of nodes: a /20 holds 4,092."
  type        = string
  default     = "10.0.0.0/20"

  validation {
    condition     = can(cidrhost(var.nodes_cidr, 0))
    error_message = "nodes_cidr takes a range of IPv4 addresses, such as 10.0.0.0/20."
  }
}

variable "pods_cidr" {
  description = "Addresses of pods: each node takes a /24 of them, so a /16 is enough for 256 nodes."
  type        = string
  default     = "10.16.0.0/16"

  validation {
    condition     = can(cidrhost(var.pods_cidr, 0))
    error_message = "pods_cidr takes a range of IPv4 addresses, such as 10.16.0.0/16."
  }
}

variable "services_cidr" {
  description = "Addresses of Kubernetes' services."
  type        = string
  default     = "10.32.0.0/20"

  validation {
    condition     = can(cidrhost(var.services_cidr, 0))
    error_message = "services_cidr takes a range of IPv4 addresses, such as 10.32.0.0/20."
  }
}

variable "managed_services_cidr" {
  description = "Addresses of Cloud SQL and Memorystore: a /20 has room for several of each. The charts' values name it for their network policies."
  type        = string
  default     = "10.20.0.0/20"

  validation {
    condition     = can(cidrhost(var.managed_services_cidr, 0)) && can(regex("/(1[6-9]|2[0-4])$", var.managed_services_cidr))
    error_message = "managed_services_cidr takes a range of IPv4 addresses from /16 to /24, such as 10.20.0.0/20."
  }
}

variable "flow_sampling" {
  description = "The share of the subnet's connections that are logged, 0 to 1."
  type        = number
  default     = 0.1

  validation {
    condition     = var.flow_sampling >= 0 && var.flow_sampling <= 1
    error_message = "flow_sampling takes a share from 0 to 1."
  }
}
