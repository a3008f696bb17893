variable "project_id" {
  description = "The project that holds the instance."
  type        = string
}

variable "region" {
  description = "Its region."
  type        = string
}

variable "name" {
  description = "Its name."
  type        = string
}

variable "network_id" {
  description = "The network in which it has its address, joined to managed services."
  type        = string
}

variable "memory_gb" {
  description = "Its memory, in gigabytes."
  type        = number
  default     = 1

  validation {
    condition     = var.memory_gb >= 1 && var.memory_gb <= 300
    error_message = "memory_gb takes 1 to 300."
  }
}

variable "highly_available" {
  description = "Whether a second instance in another zone takes over."
  type        = bool
  default     = true
}
