import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { isPrinted, onPrint, printedWidth } from './print.ts'

/** The width of an element in pixels. A chart is laid out anew for its width: a scaled one is unreadable on a phone and on paper. */
export const useWidth = <Element extends HTMLElement>(): readonly [RefObject<Element | null>, number] => {
  const element = useRef<Element>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const observed = element.current
    if (!observed) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (!isPrinted()) setWidth(Math.floor(entry!.contentRect.width))
    })
    observer.observe(observed)
    const ignore = onPrint(() => setWidth(isPrinted() ? printedWidth : observed.clientWidth))
    return () => {
      observer.disconnect()
      ignore()
    }
  }, [])
  return [element, width]
}
