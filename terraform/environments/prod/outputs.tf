output "shop" {
  description = "What the charts' values, the secrets and the domain's registrar need to know."
  value       = module.shop
}
