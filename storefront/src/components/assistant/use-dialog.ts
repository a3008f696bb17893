import { type RefObject, useEffect, useRef } from "react"

/** From this width on the panel stands beside the page, which stays usable. */
const BESIDE_THE_PAGE = "(min-width: 48rem)"

/** Whether the panel covers the page. */
export const isModal = () => !window.matchMedia(BESIDE_THE_PAGE).matches

/**
 * Opens and closes a dialog as told: modal where it covers the page, so that the page behind is out of
 * reach, else beside it. Escape closes both kinds; the focus goes back to where it came from.
 *
 * @param first what gets the focus when it opens
 */
export function useDialog(
  open: boolean,
  onClose: () => void,
  first: RefObject<HTMLElement | null>
): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = ref.current
    if (!dialog || !open) {
      return
    }
    const before = document.activeElement
    if (isModal()) {
      dialog.showModal()
    } else {
      dialog.show()
    }
    first.current?.focus()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.preventDefault()
        onClose()
      }
    }
    dialog.addEventListener("keydown", onKeyDown)
    dialog.addEventListener("close", onClose)
    return () => {
      dialog.removeEventListener("keydown", onKeyDown)
      dialog.removeEventListener("close", onClose)
      dialog.close()
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus()
      }
    }
  }, [open, onClose, first])

  return ref
}
