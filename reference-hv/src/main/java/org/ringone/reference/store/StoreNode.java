package org.ringone.reference.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A node of the store with all below it. Immutable: a change makes a new tree that shares what is unchanged, so that a transaction,
 * or a fork of the machine, has its own state of the store for nothing.
 */
final class StoreNode {

    private static final byte[] EMPTY = {};

    private final byte[] value;
    private final Permissions permissions;
    private final NavigableMap<String, StoreNode> children;

    private StoreNode(byte[] value, Permissions permissions, NavigableMap<String, StoreNode> children) {
        this.value = value;
        this.permissions = permissions;
        this.children = children;
    }

    static StoreNode empty(Permissions permissions) {
        return new StoreNode(EMPTY, permissions, Collections.emptyNavigableMap());
    }

    byte[] value() {
        return value;
    }

    Permissions permissions() {
        return permissions;
    }

    /** The names of the nodes directly below, in order. */
    List<String> names() {
        return new ArrayList<>(children.keySet());
    }

    StoreNode withValue(byte[] other) {
        return new StoreNode(other, permissions, children);
    }

    StoreNode withPermissions(Permissions other) {
        return new StoreNode(value, other, children);
    }

    /** The node at a path below this one; null when there is none. */
    StoreNode at(List<String> path) {
        StoreNode node = this;
        for (String name : path) {
            node = node.children.get(name);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /** The same tree with another node at a path whose parents exist; null takes the node there away. */
    StoreNode with(List<String> path, StoreNode node) {
        if (path.isEmpty()) {
            return node;
        }
        NavigableMap<String, StoreNode> changed = new TreeMap<>(children);
        String name = path.get(0);
        StoreNode below = path.size() == 1 ? node : children.get(name).with(path.subList(1, path.size()), node);
        if (below == null) {
            changed.remove(name);
        } else {
            changed.put(name, below);
        }
        return new StoreNode(value, permissions, changed);
    }

    /** How many nodes below this one, itself included, belong to a domain. */
    int ownedBy(int domid) {
        int count = permissions.owner() == domid ? 1 : 0;
        for (StoreNode child : children.values()) {
            count += child.ownedBy(domid);
        }
        return count;
    }
}
