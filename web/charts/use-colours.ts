import { useEffect, useState } from 'react'

/** Colours of the tokens as a canvas takes them: it knows neither variables nor `light-dark()`. */
export type Colours<Name extends string> = Readonly<Record<Name, string>>

const read = <Name extends string>(names: readonly Name[]): Colours<Name> => {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const entries = names.map(name => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return Object.fromEntries(entries) as Colours<Name>
}

/** The present values of tokens. They change with the theme of the device and of the person. `names` must stay the same array. */
export const useColours = <Name extends string>(names: readonly Name[]): Colours<Name> => {
  const [colours, setColours] = useState(() => read(names))
  useEffect(() => {
    const update = () => setColours(read(names))
    const device = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(update)
    device.addEventListener('change', update)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      device.removeEventListener('change', update)
      chosen.disconnect()
    }
  }, [names])
  return colours
}
