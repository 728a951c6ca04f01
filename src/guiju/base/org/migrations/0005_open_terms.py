from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0004_import_runs")]

    operations = [
        migrations.AddIndex(
            model_name="bodymember",
            index=models.Index(fields=["body", "unit", "role"], name="org_body_member_role"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                fields=["post", "end_date", "start_date", "kind"], name="org_appointment_held"
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                fields=["person", "post", "end_date"],
                condition=models.Q(("end_date__isnull", True)),
                name="org_appointment_several",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                fields=["end_date", "person"],
                condition=models.Q(("end_date__isnull", False)),
                name="org_appointment_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["unit", "founded_date", "abolished_date"], name="org_post_lives"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["longest_tenure_years", "number"],
                condition=models.Q(("longest_tenure_years__isnull", False)),
                name="org_post_limited",
            ),
        ),
    ]
