import coreWebVitals from "eslint-config-next/core-web-vitals"
import typescript from "eslint-config-next/typescript"

const config = [
  { ignores: [".next/**", "next-env.d.ts", "coverage/**"] },
  ...coreWebVitals,
  ...typescript,
  {
    rules: {
      // Covers are small vector drawings with a fixed aspect: there is nothing for next/image to do.
      "@next/next/no-img-element": "off",
    },
  },
]

export default config
