import { ButtonLink } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { type Holdings, portfolioPath } from './portfolio-data.ts'
import type { ShownPortfolio } from './portfolio-page-frame.tsx'
import { TargetBars } from './target-bars.tsx'
import { allocation as m } from '#messages/portfolios'

/** The share of each part against its target and its band. */
export const TargetSection = ({ canEdit, holdings, portfolio }: ShownPortfolio & { readonly holdings: Holdings }) =>
  portfolio.targetKind === 'none' ? (
    <Section
      title={m.target}
      lead={m.noTarget}
      actions={canEdit ? <ButtonLink href={`${portfolioPath(portfolio.id)}/edit`}>{m.setTarget}</ButtonLink> : undefined}
    >
      {null}
    </Section>
  ) : (
    <Section title={m.target} lead={m.targetLead}>
      <TargetBars holdings={holdings} portfolio={portfolio} />
    </Section>
  )
