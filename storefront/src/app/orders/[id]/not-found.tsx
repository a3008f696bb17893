import Link from "next/link"
import { Notice } from "@/components/ui/notice"

/** No such order, or one that another browser placed: the two look the same. */
export default function UnknownOrder() {
  return (
    <Notice title="We can’t show this order here.">
      <p>
        An order can be looked at only in the browser that placed it. The confirmation in your
        e-mail has everything.
      </p>
      <p className="font-sans text-base">
        <Link href="/" className="button-quiet">
          To the front of the shop
        </Link>
      </p>
    </Notice>
  )
}
