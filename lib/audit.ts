import type { Construct } from 'constructs'
import { AuditAnchors, type AuditAnchorsProps } from './constructs/audit-anchors.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'

/** The place of the audit trail’s anchors and the key that signs them. */
export class AuditStack extends NesteggStack {
  readonly anchors: AuditAnchors

  constructor(scope: Construct, id: string, props: AuditAnchorsProps) {
    super(scope, id, { settings: props.settings, description: 'The anchors of the audit trail and the key that signs them' })
    this.anchors = new AuditAnchors(this, 'Anchors', props)
    this.exportValues(...this.anchors.exported)
  }
}
