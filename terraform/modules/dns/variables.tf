variable "project_id" {
  description = "The project that holds the zone."
  type        = string
}

variable "region" {
  description = "The region of the gateway's address: that of the cluster."
  type        = string
}

variable "name" {
  description = "The zone's name, and the beginning of the address's."
  type        = string
}

variable "domain" {
  description = "The shop's domain, whose registrar is told the zone's name servers: the shop is there, and its API at `api.` of it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain takes a name such as books.example.com, without a dot at its end."
  }
}

variable "certificate_accounts" {
  description = "Who proves by records that the domain is ours, by a name: members of IAM, such as the account of cert-manager."
  type        = map(string)
  default     = {}
}
