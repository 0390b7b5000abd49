package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The media sections of a description, in their order. */
record MLines(List<MLine> list) {
  static final MLines NONE = new MLines(List.of());

  MLines {
    list = List.copyOf(list);
  }

  int size() {
    return list.size();
  }

  /** Null beyond the last. */
  @Nullable MLine at(int index) {
    return index < list.size() ? list.get(index) : null;
  }

  /** The transport of that section; {@link MLine#REJECTED} beyond the last. */
  int transportAt(int index) {
    return index < list.size() ? list.get(index).transport() : MLine.REJECTED;
  }

  int indexOf(Transceiver transceiver) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).transceiver() == transceiver) {
        return i;
      }
    }
    return -1;
  }

  int indexOfMid(String mid) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).mid().equals(mid)) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the live section of data channels; -1 without one. */
  int dataIndex() {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isData() && list.get(i).isLive()) {
        return i;
      }
    }
    return -1;
  }

  @Nullable String dataMid() {
    int index = dataIndex();
    return index < 0 ? null : list.get(index).mid();
  }

  /** The indices of all transports in use. */
  SortedSet<Integer> transports() {
    SortedSet<Integer> transports = new TreeSet<>();
    list.stream().filter(MLine::isLive).forEach(line -> transports.add(line.transport()));
    return transports;
  }

  /** After a negotiation: what was rejected belongs to nobody. */
  MLines settled() {
    return new MLines(
        list.stream()
            .map(line -> line.isLive() ? line : new MLine(line.mid(), null, false, MLine.REJECTED))
            .toList());
  }

  /** The live sections on a transport. */
  List<Integer> on(int transport) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isLive() && list.get(i).transport() == transport) {
        indices.add(i);
      }
    }
    return indices;
  }

  List<String> midsOn(int transport) {
    return on(transport).stream().map(index -> list.get(index).mid()).toList();
  }

  /** The lowest index of a transport that neither these sections nor the others use. */
  int freeTransport(Set<Integer> others) {
    Set<Integer> used = transports();
    int index = 0;
    while (used.contains(index) || others.contains(index)) {
      index++;
    }
    return index;
  }
}
