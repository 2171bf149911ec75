package prosa.planted.doctor.check;

import prosa.planted.doctor.DoctorFaults;

public final class CheckFaults {
    public record KnowsHowItIsTold(DoctorFaults faults) {}
}
