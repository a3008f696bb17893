variable "project_id" {
  description = "The project whose costs are watched."
  type        = string
}

variable "billing_account" {
  description = "The billing account that pays, such as 000000-000000-000000."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account takes an id such as 012345-6789AB-CDEF01 (gcloud billing accounts list)."
  }
}

variable "name" {
  description = "What the budget is called."
  type        = string
}

variable "monthly_amount" {
  description = "What a month may cost, in whole units of the currency."
  type        = number

  validation {
    condition     = var.monthly_amount > 0 && floor(var.monthly_amount) == var.monthly_amount
    error_message = "monthly_amount takes a whole number above 0."
  }
}

variable "currency_code" {
  description = "The billing account's currency."
  type        = string
  default     = "EUR"

  validation {
    condition     = can(regex("^[A-Z]{3}$", var.currency_code))
    error_message = "currency_code takes three capital letters, such as EUR."
  }
}

variable "thresholds" {
  description = "At which shares of it mail is sent."
  type        = list(number)
  default     = [0.5, 0.9, 1]

  validation {
    condition     = length(var.thresholds) > 0 && alltrue([for share in var.thresholds : share > 0])
    error_message = "thresholds takes at least one share above 0: 0.5 is half."
  }
}

variable "emails" {
  description = "Who gets it besides the billing account's administrators, five at most."
  type        = set(string)
  default     = []

  validation {
    condition     = length(var.emails) <= 5
    error_message = "emails takes five at most."
  }
}
