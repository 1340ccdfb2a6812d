package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ColumnTest {
    @Test
    void numbers_stay_as_they_were_added_and_set_in_equal_pieces_and_others() {
        Random random = new Random(3);
        Column column = new Column();
        List<Integer> twin = new ArrayList<>();
        for (int stretch = 0; stretch < 40; stretch++) {
            int number = random.nextInt(3) - 1;
            int length = 1 + random.nextInt(40_000);
            boolean equal = random.nextBoolean();
            for (int i = 0; i < length; i++) {
                int added = equal ? number : random.nextInt();
                column.add(added);
                twin.add(added);
            }
            for (int i = 0; i < 5; i++) {
                int index = random.nextInt(twin.size());
                column.set(index, stretch);
                twin.set(index, stretch);
            }
        }
        assertThat(column.size()).isEqualTo(twin.size());
        for (int index = 0; index < twin.size(); index++) {
            assertThat(column.get(index)).as("at %d", index).isEqualTo(twin.get(index));
        }
    }
}
