import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { Facts } from './facts.tsx'
import { useOffers } from './terms-form.tsx'
import { termNames, termText } from './terms-values.ts'
import { planTerms as m } from '#messages/plan-edit'

/** The terms of a plan, for a person who cannot change them. */
export const TermsList = ({ plan }: { readonly plan: Plan }) => {
  const look = useLook()
  const { models, sets } = useOffers()
  const nameOf = (id: string) => [...models, ...sets].find(each => each.id === id)?.name
  return <Facts lines={termNames.map(name => ({ label: m.fields[name].label, text: termText(name, plan[name], look, nameOf) }))} />
}
