/** Whether a track is worth trying now. */
export type TrackHealth =
  | { readonly kind: 'up' }
  /** Failed often enough that requests go elsewhere until a probe succeeds. */
  | { readonly kind: 'down'; readonly since: number; readonly reason: string; readonly nextProbeAt: number }
  | { readonly kind: 'unconfigured'; readonly reason: string };

/** The same for whoever only shows it: a look at the engine may say that it is down before any call has failed. */
export type SeenHealth = TrackHealth | { readonly kind: 'down'; readonly reason: string };
