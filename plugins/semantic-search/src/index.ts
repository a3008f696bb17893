export * from "./indexes"
