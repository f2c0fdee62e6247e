package dev.nodoubt.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the transfers that ship with the demo, always the same ones. Run once, kept so that they can be made again. */
final class ShippedTransfers {

    private static final long SEED = 20261123;
    private static final int PEOPLE = 240;

    private static final List<String> FAMILY =
            List.of("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "안", "송", "류", "홍");
    private static final List<String> GIVEN = List.of(
            "민준", "서연", "도윤", "하은", "시우", "지우", "예준", "수아", "주원", "지호", "다은", "채원", "건우", "유진", "은서", "현우", "가은", "승현",
            "나연", "태윤");
    private static final List<String> FIRST = List.of(
            "Ada", "Noah", "Maya", "Olivia", "Liam", "Zoë", "Jürgen", "Renée", "Søren", "Marta", "Kenji", "Amara");
    private static final List<String> LAST = List.of(
            "Byrne", "Lind", "Ortiz", "O'Neill", "Müller", "Novák", "Tanaka", "García", "Okafor", "Smith-Jones");
    private static final List<String> MEMOS = List.of(
            "점심값",
            "11월 월세",
            "생일 축하해! 🎂",
            "회비, 2026년 하반기",
            "\"급한\" 송금",
            "책값",
            "축의금",
            "커피 <두 잔>",
            "택시비 & 간식",
            "용돈",
            "병원비 정산",
            "제주도 여행 경비",
            "rent",
            "Lunch, and coffee",
            "invoice 2026-117",
            "concert \"tickets\"",
            "thanks!",
            "книга",
            "");

    private ShippedTransfers() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), csv());
    }

    static String csv() {
        Random random = new Random(SEED);
        List<String> people = people(random);
        StringBuilder csv = new StringBuilder("from,to,amount,memo\n");
        for (int i = 0; i < Options.SHIPPED; i++) {
            int from = random.nextInt(PEOPLE);
            int to = (from + 1 + random.nextInt(PEOPLE - 1)) % PEOPLE;
            BigDecimal amount = BigDecimal.valueOf(100 + random.nextInt(5_000_000), 2);
            String memo = MEMOS.get(random.nextInt(MEMOS.size()));
            csv.append("%s,%s,%s,%s%n".formatted(people.get(from), people.get(to), amount, quoted(memo)));
        }
        return csv.toString().replace("\r\n", "\n");
    }

    private static List<String> people(Random random) {
        List<String> all = new ArrayList<>();
        while (all.size() < PEOPLE) {
            String name = random.nextInt(10) < 7
                    ? any(FAMILY, random) + any(GIVEN, random)
                    : any(FIRST, random) + " " + any(LAST, random);
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        return all;
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private static String quoted(String memo) {
        return memo.matches("[^,\"]*") ? memo : '"' + memo.replace("\"", "\"\"") + '"';
    }
}
