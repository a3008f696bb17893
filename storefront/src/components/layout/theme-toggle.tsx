"use client"

import { Icon } from "../ui/icon"

/** A year, in seconds. */
const REMEMBERED_FOR = 365 * 24 * 60 * 60

/** Whether the page stands in dark, by the switch or by the reader's system. */
function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches
}

function toggle(): void {
  const theme = isDark() ? "light" : "dark"
  document.documentElement.dataset.theme = theme
  document.cookie = `libro_theme=${theme}; path=/; max-age=${REMEMBERED_FOR}; samesite=lax`
}

/** Turns the light on and off. A cookie remembers it, so that the server already draws the right page. */
export function ThemeToggle() {
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Switch between light and dark"
      className="inline-flex size-11 items-center justify-center hover:text-cloth"
    >
      <span className="theme-moon">
        <Icon name="moon" />
      </span>
      <span className="theme-sun">
        <Icon name="sun" />
      </span>
    </button>
  )
}
