export { default } from "medusa-plugin-semantic-search/scripts/reconcile"
