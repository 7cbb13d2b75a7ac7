import type { NodeStatus } from '../protocol';

/** What can be said of one node. `value` is `undefined` for effects and for a store whose `get()` fails. */
export interface StoreInfo<T = unknown> {
  name: string | undefined;
  kind: string;
  value: T;
  status: NodeStatus | undefined;
}

export interface NodeOptions {
  name?: string;
  kind?: string;
  deps?: object[];
}

interface Readable {
  get(): unknown;
}

function isReadable(node: object): node is Readable {
  return 'get' in node && typeof node.get === 'function';
}

function valueOf(node: object): unknown {
  try {
    return isReadable(node) ? node.get() : undefined;
  } catch {
    // Looking at the graph must work just when a node has failed; its status says ERRORED.
    return undefined;
  }
}

/** Longest list of dependency names in a key, in UTF-16 units, so that a diagram stays readable. */
const LONGEST_SUFFIX = 40;

/**
 * Every living node with its key, and which node feeds which. Nodes are held weakly: thousands of stores come and go
 * with the requests, and each takes its key and edges along when it is collected.
 */
export class NodeRegistry {
  private readonly names = new WeakMap<object, string>();
  private readonly kinds = new WeakMap<object, string>();
  private readonly keys = new WeakMap<object, string>();
  private readonly nodes = new Map<string, WeakRef<object>>();
  private readonly children = new Map<string, string[]>();
  private readonly parents = new Map<string, Set<string>>();
  private readonly collected = new FinalizationRegistry<string>((key) => this.forget(key));
  private nextId = 0;

  add(node: object, { name, kind, deps }: NodeOptions): void {
    const before = this.keys.get(node);
    if (before !== undefined) {
      this.collected.unregister(node);
      this.forget(before);
    }
    if (name !== undefined && name !== '') this.names.set(node, name);
    if (kind !== undefined) this.kinds.set(node, kind);
    this.enter(node, this.freeKey(name, kind, deps));
    for (const dep of deps ?? []) this.addEdge(dep, node);
  }

  addEdge(parent: object, child: object): void {
    const from = this.keyOf(parent);
    const to = this.keyOf(child);
    const children = this.children.get(from) ?? [];
    if (children.includes(to)) return;
    this.children.set(from, [...children, to]);
    const parents = this.parents.get(to) ?? new Set();
    this.parents.set(to, parents.add(from));
  }

  edges(): Map<string, string[]> {
    return new Map([...this.children].map(([key, children]) => [key, [...children]]));
  }

  nameOf(node: object): string | undefined {
    return this.names.get(node);
  }

  kindOf(node: object): string | undefined {
    return this.kinds.get(node);
  }

  /** Unnamed and unregistered nodes get a key too, and keep it. */
  keyOf(node: object): string {
    const known = this.keys.get(node);
    if (known !== undefined) return known;
    const key = `anonymous_${this.nextId++}`;
    this.keys.set(node, key);
    this.collected.register(node, key, node);
    return key;
  }

  inspect(node: object): StoreInfo {
    return {
      name: this.names.get(node),
      kind: this.kinds.get(node) ?? 'unknown',
      value: valueOf(node),
      status: '_status' in node ? (node._status as NodeStatus) : undefined,
    };
  }

  /** The living nodes by key, oldest first. */
  living(): Map<string, object> {
    const living = new Map<string, object>();
    for (const [key, ref] of this.nodes) {
      const node = ref.deref();
      if (node === undefined) this.forget(key);
      else living.set(key, node);
    }
    return living;
  }

  private enter(node: object, key: string): void {
    this.keys.set(node, key);
    this.nodes.set(key, new WeakRef(node));
    this.collected.register(node, key, node);
  }

  /** The name where it is free; else told apart by what the node depends on, or by a number. */
  private freeKey(name: string | undefined, kind = 'store', deps: object[] = []): string {
    const id = this.nextId++;
    const named = name !== undefined && name !== '';
    if (named && !this.nodes.has(name)) return name;
    const base = named ? name : kind;
    const suffix = this.depSuffix(deps);
    if (suffix === undefined) return `${base}_${id}`;
    const key = `${base}(${suffix})`;
    return this.nodes.has(key) ? `${key}_${id}` : key;
  }

  private depSuffix(deps: object[]): string | undefined {
    if (deps.length === 0) return undefined;
    const joined = deps.map((dep) => this.names.get(dep) ?? '?').join(',');
    return joined.length > LONGEST_SUFFIX ? `${joined.slice(0, LONGEST_SUFFIX - 3)}...` : joined;
  }

  private forget(key: string): void {
    this.nodes.delete(key);
    for (const child of this.children.get(key) ?? []) this.parents.get(child)?.delete(key);
    this.children.delete(key);
    for (const parent of this.parents.get(key) ?? []) {
      const left = (this.children.get(parent) ?? []).filter((child) => child !== key);
      if (left.length > 0) this.children.set(parent, left);
      else this.children.delete(parent);
    }
    this.parents.delete(key);
  }
}
