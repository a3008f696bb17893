variable "project_id" {
  description = "The project that holds the instance."
  type        = string
}

variable "region" {
  description = "Its region."
  type        = string
}

variable "name" {
  description = "Its name. A deleted instance's name can't be taken again for a week."
  type        = string
}

variable "network_id" {
  description = "The network in which it has its address, joined to managed services."
  type        = string
}

variable "database_version" {
  description = "PostgreSQL's version. The plugin works with 15 and newer."
  type        = string
  default     = "POSTGRES_17"

  validation {
    condition     = can(regex("^POSTGRES_(1[5-9]|[2-9][0-9])$", var.database_version))
    error_message = "database_version takes POSTGRES_15 or newer."
  }
}

variable "edition" {
  description = "ENTERPRISE, or ENTERPRISE_PLUS, whose tiers have other names and whose switch to another zone takes a second."
  type        = string
  default     = "ENTERPRISE"

  validation {
    condition     = contains(["ENTERPRISE", "ENTERPRISE_PLUS"], var.edition)
    error_message = "edition takes ENTERPRISE or ENTERPRISE_PLUS."
  }
}

variable "tier" {
  description = "Processors and memory: db-custom-CPUS-MEGABYTES, or a tier of ENTERPRISE_PLUS. docs/platform/growth.md says what a catalogue needs."
  type        = string

  validation {
    condition     = can(regex("^db-(custom-[0-9]+-[0-9]+|perf-optimized-N-[0-9]+|g1-small)$", var.tier))
    error_message = "tier takes db-custom-CPUS-MEGABYTES, db-perf-optimized-N-CPUS or db-g1-small."
  }
}

variable "highly_available" {
  description = "Whether a second instance in another zone takes over. Doubles the price."
  type        = bool
  default     = true
}

variable "disk_gb" {
  description = "The disk at first, in gigabytes."
  type        = number
  default     = 20

  validation {
    condition     = var.disk_gb >= 10
    error_message = "disk_gb takes 10 or more."
  }
}

variable "disk_limit_gb" {
  description = "How far it may grow by itself, in gigabytes: a disk never shrinks."
  type        = number
  default     = 200

  validation {
    condition     = var.disk_limit_gb == 0 || var.disk_limit_gb >= var.disk_gb
    error_message = "disk_limit_gb takes 0 (no limit) or a size that isn't below disk_gb."
  }
}

variable "maintenance_memory_mb" {
  description = "Memory to build a vector index in: 1.6 kilobytes a product with 384 dimensions."
  type        = number
  default     = 512

  validation {
    condition     = var.maintenance_memory_mb >= 64 && var.maintenance_memory_mb <= 2047
    error_message = "maintenance_memory_mb takes 64 to 2047."
  }
}

variable "retained_backups" {
  description = "How many daily backups are kept."
  type        = number
  default     = 14

  validation {
    condition     = var.retained_backups >= 1 && var.retained_backups <= 365
    error_message = "retained_backups takes 1 to 365."
  }
}

variable "point_in_time_recovery_days" {
  description = "For how many days any moment can be returned to, 1 to 7; 0: none."
  type        = number
  default     = 7

  validation {
    condition     = var.point_in_time_recovery_days >= 0 && var.point_in_time_recovery_days <= 7
    error_message = "point_in_time_recovery_days takes 0 to 7."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform and Google refuse to delete the instance."
  type        = bool
  default     = true
}
